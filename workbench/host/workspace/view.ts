/** What fills a leaf (obsidian.d.ts "class View", "class ItemView"). */
import type * as O from 'obsidian';
import { Component } from '../base/component';
import type { Public } from '../base/types';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { setTooltip } from '../ui/tooltip';

export abstract class View extends Component implements Public<O.View> {
  readonly app: O.App;
  icon: O.IconName = 'file';
  navigation = false;
  scope: O.Scope | null = null;
  readonly containerEl: HTMLElement = makeElement('div', 'workspace-leaf-content');

  constructor(readonly leaf: O.WorkspaceLeaf) {
    super();
    this.app = leaf.view.app;
  }

  abstract getViewType(): string;
  abstract getDisplayText(): string;

  /** Puts the view on the page: its element first, then `onload`, then `onOpen`. */
  async open(parent: HTMLElement): Promise<void> {
    this.containerEl.dataset['type'] = this.getViewType();
    parent.appendChild(this.containerEl);
    this.load();
    await this.loading;
    await this.onOpen();
  }

  async close(): Promise<void> {
    await this.onClose();
    this.unload();
    this.containerEl.remove();
  }

  protected async onOpen(): Promise<void> {
    // For subclasses.
  }

  protected async onClose(): Promise<void> {
    // For subclasses.
  }

  getState(): Record<string, unknown> {
    return {};
  }

  async setState(_state: unknown, _result: O.ViewStateResult): Promise<void> {
    // For subclasses.
  }

  getEphemeralState(): Record<string, unknown> {
    return {};
  }

  setEphemeralState(_state: unknown): void {
    // For subclasses.
  }

  getIcon(): O.IconName {
    return this.icon;
  }

  onResize(): void {
    // For subclasses.
  }

  onPaneMenu(_menu: O.Menu, _source: string): void {
    // For subclasses.
  }
}

/** A view with a header; `containerEl` holds the header first and `contentEl` second, which plugins rely on. */
export abstract class ItemView extends View implements Public<O.ItemView> {
  readonly contentEl: HTMLElement;
  protected readonly titleEl: HTMLElement;
  private readonly actionsEl: HTMLElement;

  constructor(leaf: O.WorkspaceLeaf) {
    super(leaf);
    const header = this.containerEl.createDiv('view-header');
    this.titleEl = header.createDiv('view-header-title-container').createDiv('view-header-title');
    this.actionsEl = header.createDiv('view-actions');
    this.contentEl = this.containerEl.createDiv('view-content');
  }

  override async open(parent: HTMLElement): Promise<void> {
    await super.open(parent);
    this.titleEl.setText(this.getDisplayText());
  }

  /** New actions stand left of the earlier ones. */
  addAction(icon: O.IconName, title: string, callback: (event: MouseEvent) => unknown): HTMLElement {
    const action = makeElement('button', { cls: 'clickable-icon view-action', type: 'button' });
    setIcon(action, icon);
    setTooltip(action, title);
    action.addEventListener('click', (event) => void callback(event));
    this.actionsEl.prepend(action);
    return action;
  }
}

/** Obsidian's View is nominal (it has protected members), so crossing between its type and ours is said, not shown. */
export function asObsidianView(view: View): O.View {
  return view as unknown as O.View;
}

export function asHostView(view: O.View): View {
  return view as unknown as View;
}
