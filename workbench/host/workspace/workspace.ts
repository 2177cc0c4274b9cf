/** Obsidian's `Workspace` (obsidian.d.ts "class Workspace"): panes, what is active in them, and the events about it. */
import type * as O from 'obsidian';
import { debounce } from '../base/debounce';
import { Events } from '../base/events';
import { notImitated } from '../base/missing';
import { inEveryWindow } from '../dom/windows';
import { parseLinktext } from '../base/paths';
import { makeElement } from '../dom/create';
import { ActiveLeaf } from './activeLeaf';
import { WorkspaceSidedock, type WorkspaceSplit, type WorkspaceTabs } from './items';
import { WorkspaceLeaf, type LeafHost } from './leaf';
import { PaneTree } from './paneTree';
import type { WorkspaceWindow } from './popout';
import { refreshEditors } from '../editor/pluginExtensions';

const saveLayoutDelayMs = 300;

export class Workspace extends Events implements O.Workspace, LeafHost {
  readonly containerEl = makeElement('div', 'workspace');
  private readonly panes = new PaneTree(() => this.onLayoutChange());
  readonly leftSplit = this.panes.left;
  readonly rightSplit = this.panes.right;
  readonly rootSplit = this.panes.root;
  readonly leftRibbon: O.WorkspaceRibbon = {};
  readonly rightRibbon: O.WorkspaceRibbon = {};
  layoutReady = false;
  private readonly waitingForLayout: (() => unknown)[] = [];
  private readonly active = new ActiveLeaf(this.rootSplit, {
    leafChanged: (leaf) => this.trigger('active-leaf-change', leaf),
    fileChanged: (file) => this.trigger('file-open', file),
  });

  requestSaveLayout = debounce(async () => this.trigger('workbench:save-layout'), saveLayoutDelayMs, true);

  constructor(readonly app: O.App) {
    super();
    this.containerEl.append(
      this.leftSplit.containerEl,
      this.rootSplit.containerEl,
      this.rightSplit.containerEl,
    );
    inEveryWindow((win) => win.addEventListener('resize', () => this.onWindowResize()));
  }

  get activeLeaf(): WorkspaceLeaf | null {
    return this.active.leaf;
  }

  get activeEditor(): O.MarkdownFileInfo | null {
    const view = this.active.leaf?.view;
    return view !== undefined && 'editor' in view && 'file' in view
      ? (view as unknown as O.MarkdownFileInfo)
      : null;
  }

  onLayoutReady(callback: () => unknown): void {
    if (this.layoutReady) callback();
    else this.waitingForLayout.push(callback);
  }

  /** Told by the page once the panes of the last visit stand again. */
  setLayoutReady(): void {
    this.layoutReady = true;
    for (const callback of this.waitingForLayout.splice(0)) callback();
    this.trigger('layout-ready');
  }

  getLeaf(newLeaf: O.PaneType | boolean = false, direction?: O.SplitDirection): WorkspaceLeaf {
    if (newLeaf === 'split') return this.newSplit(direction);
    if (newLeaf === 'window') return this.openPopoutLeaf();
    if (newLeaf === false) return this.navigableLeaf();
    return this.addLeaf(this.rootGroup());
  }

  getUnpinnedLeaf(): WorkspaceLeaf {
    return this.navigableLeaf();
  }

  splitActiveLeaf(direction?: O.SplitDirection): WorkspaceLeaf {
    return this.newSplit(direction);
  }

  createLeafBySplit(_leaf: O.WorkspaceLeaf, direction: O.SplitDirection = 'vertical'): WorkspaceLeaf {
    return this.newSplit(direction);
  }

  createLeafInParent(parent: O.WorkspaceSplit, index: number): WorkspaceLeaf {
    const split = this.panes.splits().find((one) => one === parent) ?? this.rootSplit;
    return this.addLeaf(split.groups[0] ?? split.addGroup(), index);
  }

  async duplicateLeaf(leaf: O.WorkspaceLeaf): Promise<WorkspaceLeaf> {
    const copy = this.newSplit();
    await copy.setViewState({ ...leaf.getViewState(), active: true });
    return copy;
  }

  getLeftLeaf(split: boolean): WorkspaceLeaf | null {
    return this.sideLeaf(this.leftSplit, split);
  }

  getRightLeaf(split: boolean): WorkspaceLeaf | null {
    return this.sideLeaf(this.rightSplit, split);
  }

  /** obsidian.d.ts "ensureSideLeaf": the existing leaf of that type, else a new one on that side. */
  async ensureSideLeaf(
    type: string,
    side: O.Side,
    options: { active?: boolean; split?: boolean; reveal?: boolean; state?: unknown } = {},
  ): Promise<WorkspaceLeaf> {
    const dock = side === 'left' ? this.leftSplit : this.rightSplit;
    const existing = this.getLeavesOfType(type).find((one) => one.parent.parent === dock);
    const leaf = existing ?? this.sideLeaf(dock, options.split ?? false);
    if (existing === undefined || options.state !== undefined) {
      const state = options.state === undefined ? {} : { state: options.state as Record<string, unknown> };
      await leaf.setViewState({ type, ...state });
    }
    if (options.reveal ?? true) await this.revealLeaf(leaf);
    if (options.active ?? true) this.setActiveLeaf(leaf, { focus: true });
    return leaf;
  }

  setActiveLeaf(leaf: O.WorkspaceLeaf, _params?: unknown, focus?: boolean): void {
    if (!(leaf instanceof WorkspaceLeaf)) return;
    leaf.parent.choose(leaf);
    const wantsFocus =
      focus === true || (typeof _params === 'object' && _params !== null && 'focus' in _params);
    this.active.use(leaf);
    this.requestSaveLayout();
    if (wantsFocus) leaf.view.setEphemeralState({ focus: true });
  }

  async revealLeaf(leaf: O.WorkspaceLeaf): Promise<void> {
    if (!(leaf instanceof WorkspaceLeaf)) return;
    const split: WorkspaceSplit = leaf.parent.parent;
    if (split instanceof WorkspaceSidedock) split.expand();
    leaf.parent.choose(leaf);
    this.requestSaveLayout();
  }

  /** Opens what a link means; what does not exist yet is made beside the source, as the app does. */
  async openLinkText(
    linktext: string,
    sourcePath: string,
    newLeaf: O.PaneType | boolean = false,
    openViewState: O.OpenViewState = {},
  ): Promise<void> {
    const { path, subpath } = parseLinktext(linktext);
    const found = this.app.metadataCache.getFirstLinkpathDest(path, sourcePath);
    const file = found ?? (await this.createLinked(path, sourcePath));
    const eState = subpath === '' ? openViewState.eState : { ...openViewState.eState, subpath };
    await this.getLeaf(newLeaf).openFile(file, {
      ...openViewState,
      ...(eState === undefined ? {} : { eState }),
    });
  }

  getActiveViewOfType<T extends O.View>(type: O.Constructor<T>): T | null {
    const view = this.active.leaf?.view;
    return view instanceof type ? view : null;
  }

  getActiveFile(): O.TFile | null {
    return this.active.file;
  }

  getLastOpenFiles(): string[] {
    return this.active.lastFiles();
  }

  getMostRecentLeaf(root: O.WorkspaceParent = this.rootSplit): WorkspaceLeaf | null {
    return this.leavesByUse().find((leaf) => leaf.getRoot() === root) ?? null;
  }

  getLeafById(id: string): WorkspaceLeaf | null {
    return this.panes.leaves().find((leaf) => leaf.id === id) ?? null;
  }

  getGroupLeaves(group: string): WorkspaceLeaf[] {
    return this.panes.leaves().filter((leaf) => leaf.getGroup() === group);
  }

  iterateRootLeaves(callback: (leaf: O.WorkspaceLeaf) => unknown): void {
    for (const leaf of this.panes.leaves()) if (leaf.getRoot() === this.rootSplit) callback(leaf);
  }

  iterateAllLeaves(callback: (leaf: O.WorkspaceLeaf) => unknown): void {
    for (const leaf of this.panes.leaves()) callback(leaf);
  }

  getLeavesOfType(viewType: string): WorkspaceLeaf[] {
    return this.panes.leaves().filter((leaf) => leaf.view.getViewType() === viewType);
  }

  detachLeavesOfType(viewType: string): void {
    for (const leaf of this.getLeavesOfType(viewType)) leaf.detach();
  }

  /** Gives every open editor the extensions registered now (obsidian.d.ts "Workspace.updateOptions"). */
  updateOptions(): void {
    refreshEditors();
  }

  handleLinkContextMenu(): boolean {
    return false;
  }

  /** The leaf keeps its view, whose elements move into the other window (obsidian.d.ts "moveLeafToPopout"). */
  moveLeafToPopout(leaf: O.WorkspaceLeaf, data?: O.WorkspaceWindowInitData): WorkspaceWindow {
    const popout = this.openWindow(data);
    if (!(leaf instanceof WorkspaceLeaf)) return popout;
    this.panes.takeOut(leaf);
    leaf.parent = popout.addGroup();
    leaf.parent.add(leaf);
    if (this.getMostRecentLeaf() === null) this.addLeaf(this.rootGroup());
    this.setActiveLeaf(leaf, { focus: true });
    this.onLayoutChange();
    return popout;
  }

  openPopoutLeaf(data?: O.WorkspaceWindowInitData): WorkspaceLeaf {
    return this.addLeaf(this.openWindow(data).addGroup());
  }

  changeLayout(): Promise<void> {
    return notImitated('Workspace.changeLayout');
  }

  getLayout(): Record<string, unknown> {
    return notImitated('Workspace.getLayout');
  }

  onViewChanged(leaf: WorkspaceLeaf): void {
    if (leaf === this.active.leaf) this.active.noteFile();
    this.onLayoutChange();
  }

  onTabChosen(leaf: WorkspaceLeaf): void {
    this.setActiveLeaf(leaf, { focus: true });
    this.onLayoutChange();
  }

  onDetached(leaf: WorkspaceLeaf): void {
    this.panes.takeOut(leaf);
    const wasActive = this.active.leaf === leaf;
    this.active.forget(leaf);
    if (wasActive) {
      const heir = this.getMostRecentLeaf() ?? this.addLeaf(this.rootGroup());
      this.setActiveLeaf(heir);
    }
    this.onLayoutChange();
  }

  private openWindow(data?: O.WorkspaceWindowInitData): WorkspaceWindow {
    const popout = this.panes.openWindow(data, (closed) => {
      this.trigger('window-close', closed, closed.win);
      this.onLayoutChange();
    });
    this.trigger('window-open', popout, popout.win);
    return popout;
  }

  /** The leaf of the main area or a pop-out that was used last and may show another note; else a new tab. */
  private navigableLeaf(): WorkspaceLeaf {
    const found = this.leavesByUse().find(
      (leaf) =>
        !(leaf.getRoot() instanceof WorkspaceSidedock) &&
        leaf.getViewState().pinned !== true &&
        this.canNavigate(leaf),
    );
    return found ?? this.addLeaf(this.rootGroup());
  }

  private newSplit(direction: O.SplitDirection = 'vertical'): WorkspaceLeaf {
    return this.addLeaf(this.rootSplit.addGroup(direction));
  }

  private addLeaf(group: WorkspaceTabs, index?: number): WorkspaceLeaf {
    const leaf = new WorkspaceLeaf(group, this);
    leaf.containerEl.addEventListener('focusin', () => this.setActiveLeaf(leaf));
    leaf.containerEl.addEventListener('mousedown', () => this.setActiveLeaf(leaf));
    group.add(leaf, index);
    return leaf;
  }

  private sideLeaf(dock: WorkspaceSidedock, split: boolean): WorkspaceLeaf {
    const group = split || dock.groups.length === 0 ? dock.addGroup('horizontal') : dock.groups.at(-1);
    return this.addLeaf(group ?? dock.addGroup());
  }

  /** The group where new tabs go: the one used last, else a new one. */
  private rootGroup(): WorkspaceTabs {
    const recent = this.getMostRecentLeaf(this.rootSplit);
    return recent?.parent ?? this.rootSplit.groups[0] ?? this.rootSplit.addGroup();
  }

  private canNavigate(leaf: WorkspaceLeaf): boolean {
    return leaf.view.navigation || leaf.view.getViewType() === 'empty';
  }

  private leavesByUse(): WorkspaceLeaf[] {
    return this.active.byUse(this.panes.leaves());
  }

  private onLayoutChange(): void {
    this.panes.refresh();
    this.trigger('layout-change');
    this.requestSaveLayout();
  }

  private onWindowResize(): void {
    for (const leaf of this.panes.leaves()) leaf.onResize();
    this.trigger('resize');
  }

  private createLinked(path: string, sourcePath: string): Promise<O.TFile> {
    const folder = this.app.fileManager.getNewFileParent(sourcePath);
    const name = path.endsWith('.md') ? path : `${path}.md`;
    const isPath = name.includes('/') || folder.isRoot();
    return this.app.vault.create(isPath ? name.replace(/^\//, '') : `${folder.path}/${name}`, '');
  }
}
