import { ItemView, Keymap, type WorkspaceLeaf } from 'obsidian';
import { layoutPath } from '../../path/layout';
import type { LearningPath, PathMoc, PathNode, PathRow } from '../../path/model';
import { iconButton, setButtonLabel } from '../ui/dom';
import type { PathActions } from './actions';
import { PathGraph } from './graph';
import { nodeWords } from './graphElements';
import { drawLegend } from './legend';
import { lookOf } from '../../path/look';
import { nameElement } from '../ui/name';
import { drawNodeCard } from './nodeCard';
import { drawPathList } from './pathList';
import type { PathIndex } from './pathIndex';
import { drawProgress } from './progressBar';
import { ThemeColours } from './theme';
import { drawWarnings } from './warnings';
import type { Direction } from './walk';

export const PATH_VIEW_TYPE = 'labpath-path';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The learning path as a picture one can walk, with a list of the same things beside it on request. */
export class PathView extends ItemView {
  override icon = 'route';
  override navigation = false;
  private shownMoc: string | null = null;
  private asList = false;
  private graph: PathGraph | null = null;
  private making: Promise<PathGraph> | null = null;
  private colours: ThemeColours | null = null;
  private head!: HTMLElement;
  private picker!: HTMLSelectElement;
  private progress!: HTMLElement;
  private canvas!: HTMLElement;
  private list!: HTMLElement;
  private card!: HTMLElement;
  private warnings!: HTMLElement;
  private spoken!: HTMLElement;
  private empty!: HTMLElement;
  private listButton!: HTMLButtonElement;

  constructor(
    leaf: WorkspaceLeaf,
    private readonly index: PathIndex,
    private readonly actions: PathActions,
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
    return { moc: this.shownMoc, list: this.asList };
  }

  override async setState(state: unknown): Promise<void> {
    if (typeof state === 'object' && state !== null) {
      if ('moc' in state && typeof state.moc === 'string') this.shownMoc = state.moc;
      if ('list' in state) this.asList = state.list === true;
    }
    if (this.index.current && this.contentEl.hasClass('labpath-path')) await this.show(this.index.current);
  }

  protected override async onOpen(): Promise<void> {
    this.build();
    this.register(this.index.changed.on((path) => void this.show(path)));
    this.registerEvent(this.app.workspace.on('css-change', () => this.graph?.restyle()));
    await this.show(await this.index.load());
  }

  protected override onClose(): Promise<void> {
    this.dropGraph();
    this.colours?.remove();
    return Promise.resolve();
  }

  override onResize(): void {
    this.graph?.resize();
  }

  private build(): void {
    const root = this.contentEl;
    root.empty();
    root.addClass('labpath-path');
    this.head = root.createDiv({ cls: 'labpath-path-head' });
    this.picker = this.head.createEl('select', { cls: 'dropdown' });
    nameElement(this.picker, 'Map', this.head);
    this.picker.addEventListener('change', () => this.pick(this.picker.value));
    this.progress = this.head.createDiv({ cls: 'labpath-progress' });
    const tools = this.head.createDiv({ cls: 'labpath-path-tools' });
    iconButton(tools, {
      cls: 'labpath-picture-tool',
      icon: 'zoom-out',
      label: 'Zoom out',
      onClick: () => this.graph?.zoom('out'),
    });
    iconButton(tools, {
      cls: 'labpath-picture-tool',
      icon: 'zoom-in',
      label: 'Zoom in',
      onClick: () => this.graph?.zoom('in'),
    });
    iconButton(tools, {
      cls: 'labpath-picture-tool',
      icon: 'maximize',
      label: 'Fit the path',
      onClick: () => this.graph?.fit(),
    });
    this.listButton = iconButton(tools, {
      icon: 'list',
      label: 'Show as list',
      onClick: () => this.toggleList(),
    });
    this.warnings = root.createDiv();
    const body = root.createDiv({ cls: 'labpath-path-body' });
    this.canvas = body.createDiv({
      cls: 'labpath-path-canvas',
      attr: {
        tabindex: 0,
        role: 'application',
      },
    });
    nameElement(this.canvas, 'Learning path. Arrow keys move, Enter opens, Space shows details.', body);
    this.canvas.addEventListener('keydown', (event) => this.onKey(event));
    this.list = body.createDiv({ cls: 'labpath-path-list' });
    this.empty = body.createDiv({ cls: ['labpath-path-empty', 'labpath-hidden'] });
    this.card = body.createDiv({ cls: ['labpath-card', 'labpath-hidden'] });
    drawLegend(root);
    this.spoken = root.createDiv({ cls: 'labpath-visually-hidden', attr: { 'aria-live': 'polite' } });
    this.colours = new ThemeColours(root);
  }

  private async show(path: LearningPath): Promise<void> {
    const moc = this.pickMoc(path);
    this.empty.toggleClass('labpath-hidden', moc !== null);
    this.contentEl.toggleClass('is-empty', moc === null);
    if (!moc) {
      this.explainEmpty();
      return;
    }
    this.drawPicker(path, moc);
    drawProgress(this.progress, moc.progress);
    drawWarnings(this.warnings, path.warnings);
    drawPathList(this.list, moc, this.actions);
    this.applyMode();
    // Opening and restoring a view ask for the picture at the same time; it is made once.
    this.making ??= this.makeGraph();
    const graph = (this.graph = await this.making);
    graph.show(path, layoutPath([moc]));
  }

  private dropGraph(): void {
    void this.making?.then((graph) => graph.destroy());
    this.making = null;
    this.graph = null;
  }

  private makeGraph(): Promise<PathGraph> {
    const colours = (this.colours ??= new ThemeColours(this.contentEl));
    const font = (): string => this.canvas.win.getComputedStyle(this.canvas).fontFamily;
    return PathGraph.create(this.canvas, colours, font, {
      choose: (id, event) => this.choose(id, event),
      context: (id) => this.showCard(id),
      focus: (id) => this.speak(id),
      ground: () => this.hideCard(),
    });
  }

  /** The chosen map, else that of the note last looked at, else the first one with tracks. */
  private pickMoc(path: LearningPath): PathMoc | null {
    const chosen = path.mocs.find((moc) => moc.path === this.shownMoc);
    if (chosen) return chosen;
    const active = this.app.workspace.getActiveFile();
    const around = active ? this.index.mocOf(active.path) : null;
    const moc = around ?? path.mocs.find(({ tracks }) => tracks.length > 0) ?? path.mocs[0] ?? null;
    this.shownMoc = moc?.path ?? null;
    return moc;
  }

  private pick(moc: string): void {
    this.shownMoc = moc;
    this.hideCard();
    void this.app.workspace.requestSaveLayout();
    this.dropGraph();
    if (this.index.current) void this.show(this.index.current);
  }

  private drawPicker(path: LearningPath, shown: PathMoc): void {
    this.picker.empty();
    for (const moc of path.mocs) {
      this.picker.createEl('option', { text: moc.title, value: moc.path }).selected = moc === shown;
    }
  }

  private toggleList(): void {
    this.asList = !this.asList;
    this.applyMode();
    void this.app.workspace.requestSaveLayout();
    if (!this.asList) this.graph?.resize();
  }

  /** The list is always there for screen readers; it is only out of sight while the picture shows. */
  private applyMode(): void {
    this.contentEl.toggleClass('is-list', this.asList);
    this.list.toggleClass('labpath-visually-hidden', !this.asList);
    setButtonLabel(this.listButton, this.asList ? 'Show as picture' : 'Show as list');
  }

  private explainEmpty(): void {
    this.empty.empty();
    this.empty.createEl('h3', { text: 'No map yet' });
    this.empty.createEl('p', {
      text: 'A learning path grows from a map note. Give a note the property “type: map”, list notes under headings, and put numbered lists under a learning path heading.',
    });
  }

  private choose(id: string, event: MouseEvent | KeyboardEvent | null): void {
    const node = this.index.current?.nodes.get(id);
    if (!node) return;
    if (node.note === null) this.showCard(id);
    else this.actions.open(node, this.shownMoc ?? '', event !== null && Keymap.isModEvent(event) !== false);
  }

  private showCard(id: string): void {
    const node = this.index.current?.nodes.get(id);
    const row = node ? this.rowOf(node) : null;
    if (!node) return;
    this.card.removeClass('labpath-hidden');
    drawNodeCard(this.card, node, row, this.shownMoc ?? '', this.actions, () => this.hideCard());
  }

  private hideCard(): void {
    this.card.addClass('labpath-hidden');
    this.card.empty();
  }

  private rowOf(node: PathNode): PathRow | null {
    const moc = this.shownMoc === null ? null : this.index.moc(this.shownMoc);
    const rows = [...(moc?.items ?? []), ...(moc?.tracks.flatMap(({ steps }) => steps) ?? [])];
    return rows.find((row) => row.node.id === node.id) ?? null;
  }

  private speak(id: string | null): void {
    const node = id === null ? undefined : this.index.current?.nodes.get(id);
    this.spoken.setText(node ? nodeWords(node) : '');
    this.canvas.setAttribute('data-focused', node ? lookOf(node).state : '');
  }

  private onKey(event: KeyboardEvent): void {
    const { graph } = this;
    if (!graph) return;
    const direction = ARROWS[event.key];
    if (direction) graph.walk(direction);
    else if (event.key === 'Enter') graph.chooseFocused(event);
    else if (event.key === ' ') graph.contextOfFocused();
    else if (event.key === '+' || event.key === '=') graph.zoom('in');
    else if (event.key === '-') graph.zoom('out');
    else if (event.key === '0') graph.fit();
    else if (event.key === 'Escape') this.hideCard();
    else return;
    event.preventDefault();
  }
}
