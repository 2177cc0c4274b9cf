import { ItemView, Keymap, Notice, type HoverParent, type HoverPopover, type WorkspaceLeaf } from 'obsidian';
import { asProblem, describeProblem } from '../../base/problem';
import { edgesOfMocs } from '../../path/edges';
import { nodesLookedAt, type PathFilter } from '../../path/filter';
import { layoutPath } from '../../path/layout';
import { lookOf } from '../../path/look';
import { marksOf, type Mark } from '../../path/marks';
import type { EdgeKind, PathMoc, PathNode } from '../../path/model';
import { nextUpInVault } from '../../path/next';
import { inReadingOrder, rootFirst } from '../../path/order';
import { afterNextFrame } from '../ui/frame';
import { nameElement } from '../ui/name';
import type { PathActions } from './actions';
import { chooseMoc } from './chooseMoc';
import { explainEmpty } from './emptyPath';
import { exportPath } from './exportPath';
import { PathGraph } from './graph';
import { nodeWords } from './graphElements';
import { drawLegend } from './legend';
import type { MachineFit } from '../machine/machineFit';
import { drawNodeCard } from './nodeCard';
import { nodeMenu } from './nodeMenu';
import type { PathIndex } from './pathIndex';
import { onPathKey } from './pathKeys';
import { drawPathList } from './pathList';
import { PathToolbar, type ExportFormat } from './pathToolbar';
import { ProgressModal } from './progressModal';
import { ThemeColours } from './theme';
import { DEFAULT_VIEW_STATE, readViewState, type PathViewState } from './viewState';
import { drawWarnings } from './warnings';

export const PATH_VIEW_TYPE = 'labpath-path';

/** Nodes up to which all maps are shown in one picture: more would be slow, and no picture any more. */
const MOST_NODES = 3_000;

/** Nodes up to which the list beside the picture takes no time to speak of; a longer one waits for the picture. */
const SHORT_LIST = 500;

/** The learning path as a picture one can walk, with a list of the same things beside it on request. */
export class PathView extends ItemView implements HoverParent {
  override icon = 'route';
  override navigation = false;
  hoverPopover: HoverPopover | null = null;
  private state: PathViewState = DEFAULT_VIEW_STATE;
  /** What is on the screen; null until the first drawing. */
  private moc: PathMoc | null = null;
  /** All of them, or the one above. */
  private shown: readonly PathMoc[] = [];
  /** What the picture is of: the path of its map, or empty for all. */
  private picture: string | null = null;
  private marks: ReadonlyMap<string, Mark> = new Map();
  private track = '';
  private filter: PathFilter = 'all';
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
    private readonly lacks: MachineFit,
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
    // The picture follows the pointer through the window it was made in.
    this.register(this.contentEl.onWindowMigrated(() => void this.dropGraph().then(() => this.show())));
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
      progress: () => this.showProgress(),
      edges: () => new Set(this.state.edges),
      toggleEdges: (kind) => this.toggleEdges(kind),
      export: (format) => void this.export(format),
      zoom: (direction) => this.graph?.zoom(direction),
      fit: () => this.graph?.fit(),
      filter: () => this.filter,
      setFilter: (filter) => this.setFilter(filter),
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
    const mayShowAll = path.mocs.length > 1 && path.nodes.size <= MOST_NODES;
    const shown = this.state.all && mayShowAll ? rootFirst(path) : [moc];
    const picture = shown.length > 1 ? '' : moc.path;
    if (this.picture !== null && this.picture !== picture) await this.dropGraph();
    this.picture = picture;
    const nodes = inReadingOrder({ mocs: shown });
    this.moc = moc;
    this.shown = shown;
    this.marks = marksOf(path, nodes, this.now(), this.lacks.of);
    const one = shown.length > 1 ? null : moc;
    this.toolbar.draw(path, one, this.track, mayShowAll);
    drawWarnings(this.warnings, [...this.index.unreadable, ...(one ? path.warningsOf(one) : path.warnings)]);
    const drawList = (): void =>
      drawPathList(this.list, shown, { path, marks: this.marks, actions: this.actions, here: null });
    const isListFirst = this.state.list || nodes.length <= SHORT_LIST;
    if (isListFirst) drawList();
    this.applyMode();
    const graph = await this.openGraph();
    // Closed, or another map chosen, while the graph was loading: that one draws itself.
    if (this.closed || this.shown !== shown) return;
    const shownEdges = new Set(this.state.edges);
    graph.show({
      nodes,
      edges: edgesOfMocs(path, shown),
      layout: layoutPath(shown),
      marks: this.marks,
      shownEdges,
    });
    this.brighten();
    if (isListFirst) return;
    await afterNextFrame(this.contentEl.win);
    if (!this.closed && this.shown === shown) drawList();
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
    this.remember(moc === '' ? { all: true } : { moc, all: false });
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

  private setFilter(filter: PathFilter): void {
    this.filter = filter;
    this.toolbar.setFilter(filter);
    this.brighten();
  }

  /** Dims what does not fit the track, search and filter; gives what stays bright, null for all. */
  private brighten(): ReadonlySet<string> | null {
    const query = this.toolbar.search.value;
    const { filter } = this;
    const track = this.moc?.tracks.find(({ id }) => id === this.track) ?? null;
    const nodes = inReadingOrder({ mocs: this.shown });
    const bright = nodesLookedAt(nodes, this.marks, { track, query, filter });
    this.graph?.dim(bright);
    if (bright && (query !== '' || filter !== 'all')) this.spoken.setText(`${bright.size} found`);
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

  private showProgress(): void {
    const path = this.index.current;
    if (path && this.moc) new ProgressModal(this.app, path, this.moc).open();
  }

  private async export(format: ExportFormat): Promise<void> {
    const { graph, shown } = this;
    const path = this.index.current;
    if (!graph || !path) return;
    const png = () => graph.png(this.colours.get('--background-primary'));
    try {
      await exportPath(this.app, path, shown, format, png);
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
    drawNodeCard(this.card, node, {
      path,
      moc: this.moc?.path ?? '',
      mark: this.marks.get(id),
      missing: this.lacks.of(node.requires),
      actions: this.actions,
      close: () => this.hideCard(),
    });
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
    const onFocused = (act: (id: string) => void): void => {
      if (graph.focusedId !== null) act(graph.focusedId);
    };
    onPathKey(event, {
      walk: (direction) => graph.walk(direction),
      choose: () => graph.chooseFocused(event),
      details: () => onFocused((id) => this.showCard(id)),
      menu: () => onFocused((id) => this.openMenu(id, null)),
      next: () => this.goToNext(),
      search: () => this.toolbar.search.focus(),
      zoom: (direction) => graph.zoom(direction),
      fit: () => graph.fit(),
      close: () => this.hideCard(),
    });
  }
}
