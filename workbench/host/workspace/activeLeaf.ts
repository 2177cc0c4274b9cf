/** What is active: one leaf, the file that is looked at in it, and what was active before (obsidian.d.ts "activeLeaf"). */
import type * as O from 'obsidian';
import { setActiveWindow } from '../dom/windows';
import type { WorkspaceRoot } from './items';
import type { WorkspaceLeaf } from './leaf';
import { WorkspaceWindow } from './popout';
import { Recency } from './recency';

/** How many files `getLastOpenFiles` gives. */
const lastFilesCount = 10;

export interface ActiveLeafEvents {
  readonly leafChanged: (leaf: WorkspaceLeaf) => void;
  readonly fileChanged: (file: O.TFile | null) => void;
}

export class ActiveLeaf {
  /** Null until the first leaf is used, and for the moment between a leaf that goes and its heir. */
  leaf: WorkspaceLeaf | null = null;
  file: O.TFile | null = null;
  private readonly recentLeaves = new Recency<WorkspaceLeaf>();
  private readonly recentFiles = new Recency<string>();

  constructor(
    private readonly mainArea: WorkspaceRoot,
    private readonly events: ActiveLeafEvents,
  ) {}

  use(leaf: WorkspaceLeaf): void {
    if (this.leaf !== leaf) {
      this.leaf?.containerEl.removeClass('mod-active');
      this.leaf = leaf;
      leaf.containerEl.addClass('mod-active');
      setActiveWindow(leaf.parent.parent instanceof WorkspaceWindow ? leaf.parent.parent.win : window);
      this.recentLeaves.use(leaf);
      this.events.leafChanged(leaf);
    }
    this.noteFile();
  }

  /** The file follows the active leaf; side panes without a file leave it as it is. */
  noteFile(): void {
    const view = this.leaf?.view;
    if (view === undefined || (this.leaf?.getRoot() !== this.mainArea && !('file' in view))) return;
    const file = 'file' in view ? (view.file as O.TFile | null) : null;
    if (file === this.file) return;
    this.file = file;
    if (file !== null) this.recentFiles.use(file.path);
    this.events.fileChanged(file);
  }

  /** For a leaf that goes; when it was the active one, none is until another is used. */
  forget(leaf: WorkspaceLeaf): void {
    this.recentLeaves.forget(leaf);
    if (this.leaf === leaf) this.leaf = null;
  }

  /** `leaves` with the one used last first. */
  byUse(leaves: readonly WorkspaceLeaf[]): WorkspaceLeaf[] {
    return this.recentLeaves.order(leaves);
  }

  /** Vault paths, the file opened last first. */
  lastFiles(): string[] {
    return this.recentFiles.latest(lastFilesCount);
  }
}
