import { ItemView, Notice, type HoverParent, type HoverPopover, type WorkspaceLeaf } from 'obsidian';
import { asProblem, describeProblem } from '../../base/problem';
import { edgesOfMocs } from '../../path/edges';
import { nodesLookedAt, type PathFilter } from '../../path/filter';
import { layoutPath } from '../../path/layout';
import { marksOf, type Mark } from '../../path/marks';
import type { EdgeKind } from '../../path/model';
import { nextUpInVault } from '../../path/next';
import { afterNextFrame } from '../ui/frame';
import type { PathActions } from './actions';
import { chooseMoc } from './chooseMoc';
import { exportPath } from './exportPath';
import type { PathGraph } from './graph';
import type { MachineFit } from '../machine/machineFit';
import { NodeDesk } from './nodeDesk';
import { PathFrame } from './pathFrame';
import type { PathIndex } from './pathIndex';
import { onPathKey } from './pathKeys';
import { drawPathList } from './pathList';
import { PathPicture } from './pathPicture';
import type { ExportFormat } from './pathToolbar';
import { ProgressModal } from './progressModal';
import { mocsToShow, type ShownMocs } from './shownMocs';
import { ThemeColours } from './theme';
import { DEFAULT_VIEW_STATE, readViewState, type PathViewState } from './viewState';
import { drawWarnings } from './warnings';

export const PATH_VIEW_TYPE = 'labpath-path';

/** Nodes up to which the list beside the picture takes no time to speak of; a longer one waits for the picture. */
const SHORT_LIST = 500;

/** The learning path as a picture one can walk, with a list of the same things beside it on request. */
export class PathView extends ItemView implements HoverParent {
  override icon = 'route';
  override navigation = false;
  hoverPopover: HoverPopover | null = null;
  private state: PathViewState = DEFAULT_VIEW_STATE;
  /** What is on the screen; null until the first drawing. */
  private shown: ShownMocs | null = null;
  /** What the picture is of: the path of its map, or empty for all. */
  private picture: string | null = null;
  private marks: ReadonlyMap<string, Mark> = new Map();
  private track = '';
  private filter: PathFilter = 'all';
  private closed = false;
  private colours!: ThemeColours;
  private drawing: PathPicture | null = null;
  private nodes!: NodeDesk;
  private frame!: PathFrame;

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
    if (this.shown) await this.show();
  }

  protected override async onOpen(): Promise<void> {
    this.build();
    this.register(this.index.changed.on(() => void this.show()));
    this.registerEvent(this.app.workspace.on('css-change', () => this.graph?.restyle()));
    // The picture follows the pointer through the window it was made in.
    this.register(this.contentEl.onWindowMigrated(() => void this.dropPicture().then(() => this.show())));
    try {
      await this.index.load();
    } catch (error) {
      new Notice(describeProblem(asProblem(error, 'The learning path could not be built.')), 0);
    }
    await this.show();
  }

  protected override async onClose(): Promise<void> {
    this.closed = true;
    await this.dropPicture();
    this.colours.remove();
  }

  override onResize(): void {
    this.graph?.resize();
  }

  private async dropPicture(): Promise<void> {
    await this.drawing?.drop();
  }

  private get graph(): PathGraph | null {
    return this.drawing?.current ?? null;
  }

  private build(): void {
    this.frame = new PathFrame(this.contentEl, {
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
    const { canvas, card, spoken } = this.frame;
    this.registerDomEvent(canvas, 'keydown', (event) => this.onKey(event));
    this.colours = new ThemeColours(this.contentEl);
    this.nodes = new NodeDesk({
      app: this.app,
      view: this,
      source: PATH_VIEW_TYPE,
      canvas,
      card,
      spoken,
      actions: this.actions,
      lacks: this.lacks,
      path: () => this.index.current,
      moc: () => this.shown?.moc.path ?? '',
      markOf: (id) => this.marks.get(id),
      placeOf: (id) => this.graph?.placeOf(id) ?? null,
    });
    const { nodes } = this;
    this.drawing = new PathPicture(canvas, this.colours, {
      choose: (id, event) => nodes.choose(id, event),
      context: (id, event) => nodes.openMenu(id, event),
      hover: (id, event) => nodes.preview(id, event),
      focus: (id) => nodes.speak(id),
      ground: () => nodes.hideCard(),
    });
  }

  private async show(): Promise<void> {
    const path = this.index.current;
    if (this.closed || !path) return;
    const active = this.app.workspace.getActiveFile();
    const moc = chooseMoc(path, this.index, this.state.moc, active?.path ?? null);
    this.frame.showEmpty(moc === null);
    if (!moc) return;
    // The map that was chosen by itself stays, whatever note is looked at next.
    this.state = { ...this.state, moc: moc.path };
    const shown = mocsToShow(path, moc, this.state.all);
    const { alone, mocs, nodes } = shown;
    const picture = alone?.path ?? '';
    if (this.picture !== null && this.picture !== picture) await this.dropPicture();
    this.picture = picture;
    this.shown = shown;
    this.marks = marksOf(path, nodes, this.now(), this.lacks.of);
    this.frame.toolbar.draw(path, alone, this.track, shown.mayShowAll);
    const warnings = alone ? path.warningsOf(alone) : path.warnings;
    drawWarnings(this.frame.warnings, [...this.index.unreadable, ...warnings]);
    const drawList = (): void =>
      drawPathList(this.frame.list, mocs, { path, marks: this.marks, actions: this.actions, here: null });
    const isListFirst = this.state.list || nodes.length <= SHORT_LIST;
    if (isListFirst) drawList();
    this.frame.showList(this.state.list);
    const graph = await this.drawing?.open();
    // Closed, or another map chosen, while the graph was loading: that one draws itself.
    if (!graph || this.closed || this.shown !== shown) return;
    const shownEdges = new Set(this.state.edges);
    graph.show({
      nodes,
      edges: edgesOfMocs(path, mocs),
      layout: layoutPath(mocs),
      marks: this.marks,
      shownEdges,
    });
    this.brighten();
    if (isListFirst) return;
    await afterNextFrame(this.contentEl.win);
    if (!this.closed && this.shown === shown) drawList();
  }

  private pick(moc: string): void {
    this.track = '';
    this.nodes.hideCard();
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
    this.frame.toolbar.setFilter(filter);
    this.brighten();
  }

  /** Dims what does not fit the track, search and filter; gives what stays bright, null for all. */
  private brighten(): ReadonlySet<string> | null {
    const query = this.frame.toolbar.search.value;
    const { filter, shown } = this;
    const track = shown?.moc.tracks.find(({ id }) => id === this.track) ?? null;
    const bright = nodesLookedAt(shown?.nodes ?? [], this.marks, { track, query, filter });
    this.graph?.dim(bright);
    if (bright && (query !== '' || filter !== 'all')) this.frame.spoken.setText(`${bright.size} found`);
    return bright;
  }

  private goToNext(): void {
    const path = this.index.current;
    const next = path && nextUpInVault(path, this.now(), this.shown?.moc ?? null);
    if (!next) {
      new Notice('Nothing is next: every written note is completed, skipped or waits for another.');
      return;
    }
    if (this.state.list || !this.graph?.placeOf(next.node.id))
      this.actions.open(next.node, this.shown?.moc.path ?? '', false);
    else {
      this.graph.focus(next.node.id);
      this.nodes.showCard(next.node.id);
    }
  }

  private showProgress(): void {
    const path = this.index.current;
    if (path && this.shown) new ProgressModal(this.app, path, this.shown.moc).open();
  }

  private async export(format: ExportFormat): Promise<void> {
    const { graph, shown } = this;
    const path = this.index.current;
    if (!graph || !path || !shown) return;
    const png = () => graph.png(this.colours.get('--background-primary'));
    try {
      await exportPath(this.app, path, shown.mocs, format, png);
    } catch (error) {
      new Notice(describeProblem(asProblem(error, 'The picture could not be saved.')), 0);
    }
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
      details: () => onFocused((id) => this.nodes.showCard(id)),
      menu: () => onFocused((id) => this.nodes.openMenu(id, null)),
      next: () => this.goToNext(),
      search: () => this.frame.toolbar.search.focus(),
      zoom: (direction) => graph.zoom(direction),
      fit: () => graph.fit(),
      close: () => this.nodes.hideCard(),
    });
  }
}
