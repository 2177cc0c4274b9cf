import { ItemView, Keymap, Notice, type HoverParent, type HoverPopover, type WorkspaceLeaf } from 'obsidian';
import { asProblem, describeProblem } from '../../base/problem';
import { layoutPath } from '../../path/layout';
import { lookOf } from '../../path/look';
import { marksOf, type Mark } from '../../path/marks';
import type { EdgeKind, PathMoc, PathNode } from '../../path/model';
import { nextUpInVault } from '../../path/next';
import { nodesOfMoc } from '../../path/order';
import { matchesSearch } from '../../path/search';
import { nameElement } from '../ui/name';
import type { PathActions } from './actions';
import { chooseMoc } from './chooseMoc';
import { explainEmpty } from './emptyPath';
import { exportPath } from './exportPath';
import { PathGraph } from './graph';
import { nodeWords } from './graphElements';
import { drawLegend } from './legend';
import { drawNodeCard } from './nodeCard';
import { nodeMenu } from './nodeMenu';
import type { PathIndex } from './pathIndex';
import { drawPathList } from './pathList';
import { PathToolbar, type ExportFormat } from './pathToolbar';
import { ThemeColours } from './theme';
import { DEFAULT_VIEW_STATE, readViewState, type PathViewState } from './viewState';
import type { Direction } from './walk';
import { drawWarnings } from './warnings';

export const PATH_VIEW_TYPE = 'labpath-path';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The learning path as a picture one can walk, with a list of the same things beside it on request. */
export class PathView extends ItemView implements HoverParent {
  override icon = 'route';
  override navigation = false;
  hoverPopover: HoverPopover | null = null;
  private state: PathViewState = DEFAULT_VIEW_STATE;
  /** What is on the screen; null until the first drawing. */
  private moc: PathMoc | null = null;
  private marks: ReadonlyMap<string, Mark> = new Map();
  private track = '';
  private closed = false;
  private graph: PathGraph | null = null;
  private making: Promise<PathGraph> | null = null;
  private colours!: ThemeColours;
  private toolbar!: PathToolbar;
  private canvas!: HTMLElement;
  private list!: HTMLElement;
  private card!: HTMLElement;
  private warnings!: HTMLElement;
  private spoken!: HTMLElement;
  private empty!: HTMLElement;

  constructor(
    leaf: WorkspaceLeaf,
    private readonly index: PathIndex,
    private readonly actions: PathActions,
    /** ISO 8601. */
    private readonly now: () => string,
  ) {
    super(leaf);
  }

  override getViewType(): string {
    return PATH_VIEW_TYPE;
  }

  override getDisplayText(): string {
    return 'Learning path';
  }

  override getState(): Record<string, unknown> {
    return { ...this.state };
  }

  override async setState(state: unknown): Promise<void> {
    this.state = readViewState(state);
    if (this.moc) await this.show();
  }

  protected override async onOpen(): Promise<void> {
    this.build();
    this.register(this.index.changed.on(() => void this.show()));
    this.registerEvent(this.app.workspace.on('css-change', () => this.graph?.restyle()));
    try {
      await this.index.load();
    } catch (error) {
      new Notice(describeProblem(asProblem(error, 'The learning path could not be built.')), 0);
    }
    await this.show();
  }

  protected override async onClose(): Promise<void> {
    this.closed = true;
    await this.dropGraph();
    this.colours.remove();
  }

  override onResize(): void {
    this.graph?.resize();
  }

  private build(): void {
    const root = this.contentEl;
    root.empty();
    root.addClass('labpath-path');
    this.toolbar = new PathToolbar(root, {
      pick: (moc) => this.pick(moc),
      track: (id) => this.lookAt(id),
      search: () => this.brighten(),
      next: () => this.goToNext(),
      edges: () => new Set(this.state.edges),
      toggleEdges: (kind) => this.toggleEdges(kind),
      export: (format) => void this.export(format),
      zoom: (direction) => this.graph?.zoom(direction),
      fit: () => this.graph?.fit(),
      toggleList: () => this.remember({ list: !this.state.list }),
    });
    this.warnings = root.createDiv();
    const body = root.createDiv({ cls: 'labpath-path-body' });
    this.canvas = body.createDiv({ cls: 'labpath-path-canvas', attr: { tabindex: 0, role: 'application' } });
    nameElement(
      this.canvas,
      'Learning path. Arrow keys move, Enter opens, Space shows details, M the menu.',
      body,
    );
    this.registerDomEvent(this.canvas, 'keydown', (event) => this.onKey(event));
    this.list = body.createDiv({ cls: 'labpath-path-list' });
    this.empty = body.createDiv({ cls: ['labpath-path-empty', 'labpath-hidden'] });
    this.card = body.createDiv({ cls: ['labpath-card', 'labpath-hidden'] });
    drawLegend(root);
    this.spoken = root.createDiv({ cls: 'labpath-visually-hidden', attr: { 'aria-live': 'polite' } });
    this.colours = new ThemeColours(root);
  }

  private async show(): Promise<void> {
    const path = this.index.current;
    if (this.closed || !path) return;
    const active = this.app.workspace.getActiveFile();
    const moc = chooseMoc(path, this.index, this.state.moc, active?.path ?? null);
    this.empty.toggleClass('labpath-hidden', moc !== null);
    this.contentEl.toggleClass('is-empty', moc === null);
    if (!moc) return explainEmpty(this.empty);
    // The map that was chosen by itself stays, whatever note is looked at next.
    this.state = { ...this.state, moc: moc.path };
    if (this.moc && this.moc.path !== moc.path) await this.dropGraph();
    const nodes = nodesOfMoc(moc);
    this.moc = moc;
    this.marks = marksOf(path, nodes, this.now());
    this.toolbar.draw(path, moc, this.track);
    drawWarnings(this.warnings, [...this.index.unreadable, ...path.warningsOf(moc)]);
    drawPathList(this.list, path, moc, this.marks, this.actions);
    this.applyMode();
    const graph = await this.openGraph();
    // Closed, or another map chosen, while the graph was loading: that one draws itself.
    if (this.closed || this.moc !== moc) return;
    const shownEdges = new Set(this.state.edges);
    graph.show({ nodes, edges: path.edgesOf(moc), layout: layoutPath([moc]), marks: this.marks, shownEdges });
    this.brighten();
  }

  /** Opening and restoring a view ask for the picture at the same time; it is made once. */
  private async openGraph(): Promise<PathGraph> {
    this.making ??= this.makeGraph();
    const making = this.making;
    const graph = await making;
    if (this.making === making) this.graph = graph;
    return graph;
  }

  private async dropGraph(): Promise<void> {
    const { making } = this;
    this.making = null;
    this.graph = null;
    // One that could not be made has told so to those who waited for it.
    await making?.then((graph) => graph.destroy()).catch(() => undefined);
  }

  private makeGraph(): Promise<PathGraph> {
    const font = (): string => this.canvas.win.getComputedStyle(this.canvas).fontFamily;
    return PathGraph.create(this.canvas, this.colours, font, {
      choose: (id, event) => this.choose(id, event),
      context: (id, event) => this.openMenu(id, event),
      hover: (id, event) => this.preview(id, event),
      focus: (id) => this.speak(id),
      ground: () => this.hideCard(),
    });
  }

  private node(id: string): PathNode | null {
    return this.index.current?.nodes.get(id) ?? null;
  }

  private pick(moc: string): void {
    this.track = '';
    this.hideCard();
    this.remember({ moc });
  }

  private remember(change: Partial<PathViewState>): void {
    this.state = { ...this.state, ...change };
    void this.app.workspace.requestSaveLayout();
    void this.show().then(() => this.graph?.resize());
  }

  private toggleEdges(kind: EdgeKind): void {
    const { edges } = this.state;
    this.remember({ edges: edges.includes(kind) ? edges.filter((each) => each !== kind) : [...edges, kind] });
  }

  private lookAt(track: string): void {
    this.track = track;
    const bright = this.brighten();
    this.graph?.fit(bright);
  }

  /** Dims what is neither in the track looked at nor fits the search; gives what stays bright, null for all. */
  private brighten(): ReadonlySet<string> | null {
    const { moc } = this;
    const query = this.toolbar.search.value.trim();
    const track = moc?.tracks.find(({ id }) => id === this.track);
    if (!moc || (query === '' && !track)) {
      this.graph?.dim(null);
      return null;
    }
    const nodes = track ? track.steps.map(({ node }) => node) : nodesOfMoc(moc);
    const bright = new Set(nodes.filter((node) => matchesSearch(node, query)).map(({ id }) => id));
    this.graph?.dim(bright);
    if (query !== '') this.spoken.setText(`${bright.size} found`);
    return bright;
  }

  private goToNext(): void {
    const path = this.index.current;
    const next = path && nextUpInVault(path, this.now(), this.moc);
    if (!next) {
      new Notice('Nothing is next: every written note is completed, skipped or waits for another.');
      return;
    }
    if (this.state.list || !this.graph?.placeOf(next.node.id))
      this.actions.open(next.node, this.moc?.path ?? '', false);
    else {
      this.graph.focus(next.node.id);
      this.showCard(next.node.id);
    }
  }

  private async export(format: ExportFormat): Promise<void> {
    const { graph, moc } = this;
    const path = this.index.current;
    if (!graph || !moc || !path) return;
    const png = () => graph.png(this.colours.get('--background-primary'));
    try {
      await exportPath(this.app, path, moc, format, png);
    } catch (error) {
      new Notice(describeProblem(asProblem(error, 'The picture could not be saved.')), 0);
    }
  }

  /** The list is always there for screen readers; it is only out of sight while the picture shows. */
  private applyMode(): void {
    this.contentEl.toggleClass('is-list', this.state.list);
    this.list.toggleClass('labpath-visually-hidden', !this.state.list);
    this.toolbar.setList(this.state.list);
  }

  private choose(id: string, event: MouseEvent | KeyboardEvent | null): void {
    const node = this.node(id);
    if (!node) return;
    if (node.note === null) this.showCard(id);
    else this.actions.open(node, this.moc?.path ?? '', event !== null && Keymap.isModEvent(event) !== false);
  }

  private openMenu(id: string, event: MouseEvent | null): void {
    const node = this.node(id);
    const path = this.index.current;
    if (!node || !path) return;
    const menu = nodeMenu(path, node, this.moc?.path ?? '', this.actions);
    const place = this.graph?.placeOf(id);
    const box = this.canvas.getBoundingClientRect();
    if (event) menu.showAtMouseEvent(event);
    else if (place) menu.showAtPosition({ x: box.left + place.x, y: box.top + place.y }, this.canvas.doc);
  }

  private preview(id: string, event: MouseEvent): void {
    const note = this.node(id)?.note ?? null;
    if (note === null) return;
    this.app.workspace.trigger('hover-link', {
      event,
      source: PATH_VIEW_TYPE,
      hoverParent: this,
      targetEl: this.canvas,
      linktext: note,
      sourcePath: this.moc?.path ?? '',
    });
  }

  private showCard(id: string): void {
    const node = this.node(id);
    const path = this.index.current;
    if (!node || !path) return;
    this.card.removeClass('labpath-hidden');
    drawNodeCard(this.card, path, node, this.moc?.path ?? '', this.marks.get(id), this.actions, () =>
      this.hideCard(),
    );
  }

  private hideCard(): void {
    this.card.addClass('labpath-hidden');
    this.card.empty();
  }

  private speak(id: string | null): void {
    const node = id === null ? null : this.node(id);
    this.spoken.setText(node ? nodeWords(node, this.marks.get(node.id)) : '');
    this.canvas.setAttribute('data-focused', node ? lookOf(node).state : '');
  }

  private onKey(event: KeyboardEvent): void {
    const { graph } = this;
    if (!graph) return;
    const direction = ARROWS[event.key];
    const focused = graph.focusedId;
    if (direction) graph.walk(direction);
    else if (event.key === 'Enter') graph.chooseFocused(event);
    else if (event.key === ' ' && focused !== null) this.showCard(focused);
    else if ((event.key === 'm' || event.key === 'ContextMenu') && focused !== null)
      this.openMenu(focused, null);
    else if (event.key === 'n') this.goToNext();
    else if (event.key === '/') this.toolbar.search.focus();
    else if (event.key === '+' || event.key === '=') graph.zoom('in');
    else if (event.key === '-') graph.zoom('out');
    else if (event.key === '0') graph.fit();
    else if (event.key === 'Escape') this.hideCard();
    else return;
    event.preventDefault();
  }
}
