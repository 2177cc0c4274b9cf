import { ItemView, type WorkspaceLeaf } from 'obsidian';
import { marksOf } from '../../path/marks';
import { nextUp } from '../../path/next';
import { nodesOfMoc } from '../../path/order';
import type { PathActions } from './actions';
import { chooseMoc } from './chooseMoc';
import { explainEmpty } from './emptyPath';
import type { MachineFit } from '../machine/machineFit';
import type { PathIndex } from './pathIndex';
import { drawPathList } from './pathList';
import { drawProgress } from './progressBar';

export const PATH_LIST_VIEW_TYPE = 'labpath-path-list';

/** The path of the active note as a list, for the sidebar: it follows whatever note is looked at. */
export class PathListView extends ItemView {
  override icon = 'list-tree';
  override navigation = false;
  private moc: string | null = null;

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
    return PATH_LIST_VIEW_TYPE;
  }

  override getDisplayText(): string {
    return 'Path list';
  }

  protected override onOpen(): Promise<void> {
    this.contentEl.addClass('labpath-sidebar');
    this.register(this.index.changed.on(() => this.draw()));
    this.registerEvent(this.app.workspace.on('file-open', () => this.draw()));
    this.draw();
    return Promise.resolve();
  }

  private draw(): void {
    const path = this.index.current;
    if (!path) return;
    const active = this.app.workspace.getActiveFile()?.path ?? null;
    // A note outside every map leaves the one that was looked at last.
    const around = active === null ? null : this.index.mocOf(active);
    const moc = around ?? chooseMoc(path, this.index, this.moc, null);
    const root = this.contentEl;
    root.empty();
    if (!moc) return explainEmpty(root);
    this.moc = moc.path;
    root.createEl('h3', { cls: 'labpath-sidebar-title', text: moc.title });
    drawProgress(root.createDiv({ cls: 'labpath-progress' }), moc.progress);
    const next = nextUp(path, moc, this.now());
    if (next) {
      const button = root.createEl('button', {
        cls: 'labpath-next',
        text: `Next: ${next.node.title}`,
        attr: { type: 'button' },
      });
      button.addEventListener('click', () => this.actions.open(next.node, moc.path, false));
    }
    const marks = marksOf(path, nodesOfMoc(moc), this.now(), this.lacks.of);
    drawPathList(root.createDiv(), [moc], { path, marks, actions: this.actions, here: active });
  }
}
