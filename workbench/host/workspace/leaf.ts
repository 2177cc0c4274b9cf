/** A leaf: a tab that shows one view at a time (obsidian.d.ts "class WorkspaceLeaf"). */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { viewCreators, viewTypes } from '../registries';
import { EmptyView } from './emptyView';
import { WorkspaceItem, type Tab, type WorkspaceTabs } from './items';
import { asHostView, asObsidianView } from './view';

/** What a leaf needs of its workspace; handed in, so that the two modules do not import each other. */
export interface LeafHost {
  readonly app: O.App;
  onViewChanged(leaf: WorkspaceLeaf): void;
  onDetached(leaf: WorkspaceLeaf): void;
  onTabChosen(leaf: WorkspaceLeaf): void;
}

let lastId = 0;

export class WorkspaceLeaf extends WorkspaceItem implements O.WorkspaceLeaf, Tab {
  readonly id = `leaf-${++lastId}`;
  readonly containerEl = makeElement('div', 'workspace-leaf');
  readonly tabHeaderEl = makeElement('div', {
    cls: 'workspace-tab-header tappable',
    attr: { role: 'tab', tabindex: 0 },
  });
  hoverPopover: O.HoverPopover | null = null;
  view: O.View;
  private pinned = false;
  private group: string | null = null;
  private readonly iconEl = this.tabHeaderEl.createDiv('workspace-tab-header-inner-icon');
  private readonly titleEl = this.tabHeaderEl.createDiv('workspace-tab-header-inner-title');

  constructor(
    public parent: WorkspaceTabs,
    private readonly host: LeafHost,
  ) {
    super();
    // A view asks its leaf for the app while it is being made; this is the first one's answer.
    this.view = { app: host.app } as O.View;
    this.view = asObsidianView(new EmptyView(this));
    void asHostView(this.view).open(this.containerEl);
    const close = this.tabHeaderEl.createDiv({
      cls: 'workspace-tab-header-inner-close-button',
      attr: { 'aria-label': 'Close', role: 'button' },
    });
    setIcon(close, 'x');
    close.addEventListener('click', (event) => {
      event.stopPropagation();
      this.detach();
    });
    this.tabHeaderEl.addEventListener('click', () => host.onTabChosen(this));
    this.tabHeaderEl.addEventListener('auxclick', (event) => {
      if (event.button === 1) this.detach();
    });
    this.tabHeaderEl.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') host.onTabChosen(this);
    });
    this.refresh();
  }

  /** The workbench never defers views (obsidian.d.ts "isDeferred", since 1.7.2). */
  get isDeferred(): boolean {
    return false;
  }

  async loadIfDeferred(): Promise<void> {
    // Never deferred.
  }

  async openFile(file: O.TFile, openState: O.OpenViewState = {}): Promise<void> {
    const type = viewTypes.get(file.extension) ?? 'unknown-file';
    const keepsMode = this.view.getViewType() === type ? this.view.getState() : {};
    await this.setViewState(
      {
        type,
        state: { ...keepsMode, ...openState.state, file: file.path },
        active: openState.active ?? true,
      },
      openState.eState,
    );
  }

  async open(view: O.View): Promise<O.View> {
    await this.replaceView(view);
    this.refresh();
    this.host.onViewChanged(this);
    return view;
  }

  getViewState(): O.ViewState {
    return { type: this.view.getViewType(), state: this.view.getState(), pinned: this.pinned };
  }

  /** Makes the view when its type is another one; then hands the state to it. */
  async setViewState(viewState: O.ViewState, eState?: unknown): Promise<void> {
    if (viewState.type !== this.view.getViewType()) {
      const create = viewCreators.get(viewState.type);
      await this.replaceView(create?.(this) ?? asObsidianView(new EmptyView(this, viewState.type)));
    }
    await this.view.setState(viewState.state ?? {}, { history: false });
    if (eState !== undefined) this.view.setEphemeralState(eState);
    if (viewState.pinned !== undefined) this.setPinned(viewState.pinned);
    this.refresh();
    if (viewState.active === true) this.host.onTabChosen(this);
    this.host.onViewChanged(this);
  }

  getEphemeralState(): Record<string, unknown> {
    return this.view.getEphemeralState();
  }

  setEphemeralState(state: unknown): void {
    this.view.setEphemeralState(state);
  }

  togglePinned(): void {
    this.setPinned(!this.pinned);
  }

  setPinned(pinned: boolean): void {
    if (this.pinned === pinned) return;
    this.pinned = pinned;
    this.tabHeaderEl.toggleClass('mod-pinned', pinned);
    this.trigger('pinned-change', pinned);
  }

  setGroupMember(other: O.WorkspaceLeaf): void {
    if (other instanceof WorkspaceLeaf) this.setGroup(other.group ?? other.id);
  }

  setGroup(group: string): void {
    this.group = group;
    this.trigger('group-change', group);
  }

  getGroup(): string | null {
    return this.group;
  }

  detach(): void {
    const { view } = this;
    this.view = asObsidianView(new EmptyView(this));
    void asHostView(view).close();
    this.host.onDetached(this);
  }

  getIcon(): O.IconName {
    return this.view.getIcon();
  }

  getDisplayText(): string {
    return this.view.getDisplayText();
  }

  onResize(): void {
    this.view.onResize();
  }

  /** Draws the tab's icon and title again. */
  refresh(): void {
    setIcon(this.iconEl, this.getIcon());
    this.titleEl.setText(this.getDisplayText());
    this.tabHeaderEl.dataset['type'] = this.view.getViewType();
    this.tabHeaderEl.setAttribute('aria-label', this.getDisplayText());
  }

  private async replaceView(view: O.View): Promise<void> {
    await asHostView(this.view).close();
    this.view = view;
    await asHostView(view).open(this.containerEl);
  }
}
