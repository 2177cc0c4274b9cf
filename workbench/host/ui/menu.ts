/** Context menus (obsidian.d.ts "class Menu", "class MenuItem"). */
import type * as O from 'obsidian';
import { Component } from '../base/component';
import { makeElement, setText } from '../dom/create';
import { elementOf } from '../dom/windows';
import { setIcon } from '../icons/icons';

export class MenuItem implements O.MenuItem {
  readonly itemEl = makeElement('div', {
    cls: 'menu-item tappable',
    attr: { role: 'menuitem', tabindex: -1 },
  });
  private readonly iconEl = this.itemEl.createDiv('menu-item-icon');
  private readonly titleEl = this.itemEl.createDiv('menu-item-title');
  section = '';
  private disabled = false;
  private clicked: ((event: MouseEvent | KeyboardEvent) => unknown) | null = null;

  constructor(private readonly menu: Menu) {
    this.itemEl.addEventListener('click', (event) => this.choose(event));
    this.itemEl.addEventListener('mouseenter', () => this.itemEl.focus());
  }

  setTitle(title: string | DocumentFragment): this {
    setText(this.titleEl, title);
    return this;
  }

  setIcon(icon: O.IconName | null): this {
    if (icon === null) this.iconEl.empty();
    else setIcon(this.iconEl, icon);
    return this;
  }

  setChecked(checked: boolean | null): this {
    this.itemEl.toggleClass('mod-checked', checked === true);
    if (checked === true) this.setIcon('check');
    return this;
  }

  setDisabled(disabled: boolean): this {
    this.disabled = disabled;
    this.itemEl.toggleClass('is-disabled', disabled);
    return this;
  }

  setWarning(isWarning: boolean): this {
    this.itemEl.toggleClass('is-warning', isWarning);
    return this;
  }

  setIsLabel(isLabel: boolean): this {
    this.itemEl.toggleClass('is-label', isLabel);
    this.disabled = isLabel;
    return this;
  }

  onClick(callback: (event: MouseEvent | KeyboardEvent) => unknown): this {
    this.clicked = callback;
    return this;
  }

  setSection(section: string): this {
    this.section = section;
    return this;
  }

  choose(event: MouseEvent | KeyboardEvent): void {
    if (this.disabled) return;
    this.menu.hide();
    this.clicked?.(event);
  }
}

export class MenuSeparator implements O.MenuSeparator {}

export class Menu extends Component implements O.Menu {
  private readonly menuEl = makeElement('div', { cls: 'menu', attr: { role: 'menu' } });
  private readonly entries: (MenuItem | null)[] = [];
  private readonly hideCallbacks: (() => unknown)[] = [];

  setNoIcon(): this {
    this.menuEl.addClass('mod-no-icon');
    return this;
  }

  /** The page has no native menus. */
  setUseNativeMenu(): this {
    return this;
  }

  addItem(callback: (item: O.MenuItem) => unknown): this {
    const item = new MenuItem(this);
    this.entries.push(item);
    callback(item);
    return this;
  }

  addSeparator(): this {
    this.entries.push(null);
    return this;
  }

  setParentElement(): this {
    return this;
  }

  showAtMouseEvent(event: MouseEvent): this {
    event.preventDefault();
    return this.showAtPosition({ x: event.clientX, y: event.clientY }, event.doc);
  }

  /** In the window the user is in, unless another one is named. */
  showAtPosition(position: O.MenuPositionDef, page = activeDocument): this {
    this.load();
    this.draw();
    page.body.appendChild(this.menuEl);
    const { width, height } = this.menuEl.getBoundingClientRect();
    const { innerWidth, innerHeight } = this.menuEl.win;
    this.menuEl.setCssProps({
      '--menu-x': `${Math.max(4, Math.min(position.x, innerWidth - width - 4))}px`,
      '--menu-y': `${Math.max(4, Math.min(position.y, innerHeight - height - 4))}px`,
    });
    const outside = (event: MouseEvent) => {
      if (!this.menuEl.contains(elementOf(event))) this.hide();
    };
    this.registerDomEvent(page, 'mousedown', outside, { capture: true });
    this.registerDomEvent(this.menuEl, 'keydown', (event: KeyboardEvent) => this.onKey(event));
    this.items()[0]?.itemEl.focus();
    return this;
  }

  hide(): this {
    if (!this.menuEl.isConnected) return this;
    this.menuEl.remove();
    this.unload();
    for (const callback of this.hideCallbacks) callback();
    return this;
  }

  close(): void {
    this.hide();
  }

  onHide(callback: () => unknown): void {
    this.hideCallbacks.push(callback);
  }

  onHistoryBack(): void {
    this.hide();
  }

  static forEvent(event: MouseEvent): Menu {
    const menu = new Menu();
    window.setTimeout(() => menu.showAtMouseEvent(event));
    return menu;
  }

  private items(): MenuItem[] {
    return this.entries.filter((entry) => entry !== null);
  }

  /** Items of one section stand together, in the order the sections first came. */
  private draw(): void {
    this.menuEl.empty();
    let section: string | null = null;
    for (const entry of this.entries) {
      const isBreak = entry === null || (section !== null && entry.section !== section);
      if (isBreak && this.menuEl.lastElementChild !== null) this.menuEl.createDiv('menu-separator');
      if (entry === null) continue;
      this.menuEl.appendChild(entry.itemEl);
      ({ section } = entry);
    }
  }

  private onKey(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.findIndex(({ itemEl }) => itemEl.isActiveElement());
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) items[(at + step + items.length) % items.length]?.itemEl.focus();
    else if (event.key === 'Enter') items[at]?.choose(event);
    else if (event.key === 'Escape') this.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
