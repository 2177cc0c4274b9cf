import { ItemView, type App, type ViewStateResult, type WorkspaceLeaf } from 'obsidian';
import type { Cell } from '../../cells/cell';
import { FrameJob } from '../ui/frame';
import type { CellDesk } from './cellDesk';
import { OutputArea } from './outputArea';
import { rowsOf } from './outputRows';
import { SearchBar } from './searchBar';
import { isActive } from '../../runs/snapshot';

export const OUTPUT_VIEW_TYPE = 'labpath-output';

/** All of a cell's output in a tab of its own; it follows the cell. */
export class OutputTab extends ItemView {
  private note = '';
  private cell = '';
  private title = 'Output';
  private unsubscribe: () => void = () => undefined;

  constructor(
    leaf: WorkspaceLeaf,
    private readonly desk: CellDesk,
  ) {
    super(leaf);
    this.navigation = false;
  }

  getViewType(): string {
    return OUTPUT_VIEW_TYPE;
  }

  getDisplayText(): string {
    return this.title;
  }

  override getIcon(): string {
    return 'terminal';
  }

  override getState(): Record<string, unknown> {
    return { note: this.note, cell: this.cell, title: this.title };
  }

  override async setState(state: unknown, result: ViewStateResult): Promise<void> {
    await super.setState(state, result);
    const { note, cell, title } = { ...(state as Record<string, unknown>) };
    this.note = typeof note === 'string' ? note : '';
    this.cell = typeof cell === 'string' ? cell : '';
    this.title = typeof title === 'string' ? title : 'Output';
    this.follow();
  }

  protected override onClose(): Promise<void> {
    this.unsubscribe();
    return Promise.resolve();
  }

  private follow(): void {
    this.unsubscribe();
    this.contentEl.empty();
    this.contentEl.addClass('labpath-output-tab');
    const rows = createDiv({ cls: ['labpath-output', 'is-tab'], attr: { tabindex: 0 } });
    const search = new SearchBar(this.contentEl, rows, () => rows.focus());
    this.contentEl.append(rows);
    const area = new OutputArea(rows);
    const draw = (): void => {
      const run = this.desk.store.get(this.note, this.cell);
      area.draw(run ? rowsOf(run.output, true, isActive(run)) : ['There is no output any more.']);
      if (run) search.draw(run.output);
    };
    const frame = new FrameJob(this.contentEl, draw);
    const ends = [
      this.desk.store.subscribeNote(this.note, (changed) => {
        if (changed === this.cell) frame.schedule();
      }),
      this.desk.renamed.on(({ from, to }) => {
        if (from === this.note) this.note = to;
      }),
      this.desk.notes.rekeyed.on(({ note, ids }) => {
        const id = note === this.note ? ids.get(this.cell) : undefined;
        if (id === undefined) return;
        this.cell = id;
        frame.schedule();
        void this.app.workspace.requestSaveLayout();
      }),
      () => search.destroy(),
      () => frame.cancel(),
    ];
    this.unsubscribe = () => ends.forEach((end) => end());
    draw();
  }
}

export async function openOutputTab(app: App, note: string, cell: Cell): Promise<void> {
  const leaf = app.workspace.getLeaf('tab');
  const title = `Output of ${cell.name ?? `line ${cell.line}`}`;
  await leaf.setViewState({ type: OUTPUT_VIEW_TYPE, active: true, state: { note, cell: cell.id, title } });
  await app.workspace.revealLeaf(leaf);
}
