/** The tree of panes (obsidian.d.ts "class WorkspaceItem" and below): splits hold tab groups, tab groups hold leaves. */
import type * as O from 'obsidian';
import { Events } from '../base/events';
import { makeElement } from '../dom/create';
import { asHostView } from './view';

export abstract class WorkspaceItem extends Events implements O.WorkspaceItem {
  abstract parent: O.WorkspaceParent;

  getRoot(): O.WorkspaceItem {
    return this.parent === (this as O.WorkspaceItem) ? this : this.parent.getRoot();
  }

  getContainer(): O.WorkspaceContainer {
    return this.getRoot() as O.WorkspaceContainer;
  }
}

export abstract class WorkspaceParent extends WorkspaceItem implements O.WorkspaceParent {}

/** Tab groups beside or above each other. */
export class WorkspaceSplit extends WorkspaceParent implements O.WorkspaceSplit {
  parent: O.WorkspaceParent = this;
  readonly containerEl: HTMLElement;
  readonly groups: WorkspaceTabs[] = [];

  constructor(cls: string) {
    super();
    this.containerEl = makeElement('div', `workspace-split ${cls}`);
  }

  /** `vertical` puts the new group to the right, `horizontal` below (obsidian.d.ts "SplitDirection"). */
  addGroup(direction: O.SplitDirection = 'vertical'): WorkspaceTabs {
    const group = new WorkspaceTabs(this);
    this.groups.push(group);
    this.containerEl.toggleClass('mod-horizontal', direction === 'horizontal' && this.groups.length > 1);
    this.containerEl.appendChild(group.containerEl);
    return group;
  }

  removeGroup(group: WorkspaceTabs): void {
    const index = this.groups.indexOf(group);
    if (index >= 0) this.groups.splice(index, 1);
    group.containerEl.remove();
  }
}

export class WorkspaceRoot extends WorkspaceSplit implements O.WorkspaceRoot {
  readonly win = window;
  readonly doc = document;

  constructor() {
    super('mod-root');
  }
}

export class WorkspaceSidedock extends WorkspaceSplit implements O.WorkspaceSidedock {
  collapsed = true;

  constructor(
    readonly side: O.Side,
    private readonly onToggle: () => void,
  ) {
    super(`mod-sidedock mod-${side}-split`);
    this.containerEl.addClass('is-collapsed');
  }

  toggle(): void {
    this.set(!this.collapsed);
  }

  collapse(): void {
    this.set(true);
  }

  expand(): void {
    this.set(false);
  }

  private set(collapsed: boolean): void {
    if (this.collapsed === collapsed) return;
    this.collapsed = collapsed;
    this.containerEl.toggleClass('is-collapsed', collapsed);
    this.onToggle();
  }
}

/** The part of a leaf that its tab group draws. */
export interface Tab extends O.WorkspaceLeaf {
  readonly tabHeaderEl: HTMLElement;
  readonly containerEl: HTMLElement;
}

/** One tab group: headers on top, the chosen leaf below. */
export class WorkspaceTabs extends WorkspaceParent implements O.WorkspaceTabs {
  readonly containerEl = makeElement('div', 'workspace-tabs');
  readonly tabs: Tab[] = [];
  current: Tab | null = null;
  readonly headersEl: HTMLElement;
  private readonly bodyEl: HTMLElement;

  constructor(readonly parent: WorkspaceSplit) {
    super();
    const header = this.containerEl.createDiv('workspace-tab-header-container');
    this.headersEl = header.createDiv({
      cls: 'workspace-tab-header-container-inner',
      attr: { role: 'tablist' },
    });
    this.bodyEl = this.containerEl.createDiv('workspace-tab-container');
  }

  add(tab: Tab, index = this.tabs.length): void {
    this.tabs.splice(index, 0, tab);
    this.headersEl.insertBefore(tab.tabHeaderEl, this.headersEl.children[index] ?? null);
    this.bodyEl.appendChild(tab.containerEl);
    this.choose(tab);
  }

  /** The tab chosen after the removal, or null when the group is empty now. */
  remove(tab: Tab): Tab | null {
    const index = this.tabs.indexOf(tab);
    if (index < 0) return this.current;
    this.tabs.splice(index, 1);
    tab.tabHeaderEl.remove();
    tab.containerEl.remove();
    const next = this.tabs[Math.min(index, this.tabs.length - 1)] ?? null;
    if (this.current === tab) {
      this.current = null;
      if (next !== null) this.choose(next);
    }
    return this.current;
  }

  choose(tab: Tab): void {
    if (this.current === tab) return;
    this.current = tab;
    for (const other of this.tabs) {
      const isCurrent = other === tab;
      other.containerEl.toggle(isCurrent);
      other.tabHeaderEl.toggleClass('is-active', isCurrent);
      other.tabHeaderEl.setAttribute('aria-selected', String(isCurrent));
    }
    asHostView(tab.view).onResize();
  }
}
