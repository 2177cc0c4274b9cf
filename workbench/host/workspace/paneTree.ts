/** Where leaves stand: in the main area, in the docks left and right of it, or in windows of their own. */
import type * as O from 'obsidian';
import { WorkspaceRoot, WorkspaceSidedock, type WorkspaceSplit } from './items';
import { WorkspaceLeaf } from './leaf';
import { WorkspaceWindow } from './popout';

export class PaneTree {
  readonly left: WorkspaceSidedock;
  readonly root = new WorkspaceRoot();
  readonly right: WorkspaceSidedock;
  private readonly windows: WorkspaceWindow[] = [];

  constructor(onToggle: () => void) {
    this.left = new WorkspaceSidedock('left', onToggle);
    this.right = new WorkspaceSidedock('right', onToggle);
  }

  splits(): WorkspaceSplit[] {
    return [this.left, this.root, this.right, ...this.windows];
  }

  /** From left to right, then window by window. */
  leaves(): WorkspaceLeaf[] {
    return this.splits()
      .flatMap(({ groups }) => groups)
      .flatMap(({ tabs }) => tabs)
      .filter((tab) => tab instanceof WorkspaceLeaf);
  }

  /** Takes a leaf off the page; a group, dock or window that is empty then goes too. */
  takeOut(leaf: WorkspaceLeaf): void {
    const group = leaf.parent;
    const split = group.parent;
    if (group.remove(leaf) !== null) return;
    if (split.groups.length > 1) split.removeGroup(group);
    else if (split instanceof WorkspaceSidedock) split.collapse();
    else if (split instanceof WorkspaceWindow) split.close();
  }

  /**
   * The leaves of the window are detached when it closes, before `onClosed`.
   * @throws Error when the browser opens no window
   */
  openWindow(
    data: O.WorkspaceWindowInitData | undefined,
    onClosed: (closed: WorkspaceWindow) => void,
  ): WorkspaceWindow {
    const opened: WorkspaceWindow = new WorkspaceWindow(() => {
      for (const leaf of this.leaves()) if (leaf.getRoot() === opened) leaf.detach();
      this.windows.splice(this.windows.indexOf(opened), 1);
      onClosed(opened);
    }, data);
    this.windows.push(opened);
    return opened;
  }

  /** Draws the tabs, and the titles of windows, again. */
  refresh(): void {
    for (const leaf of this.leaves()) leaf.refresh();
    for (const each of this.windows) each.setTitle(each.groups[0]?.current?.getDisplayText() ?? '');
  }
}
