/**
 * What Obsidian adds to the page's own objects (obsidian.d.ts "declare global"). Installed before the plugin is
 * evaluated, and in every window that opens later. Members that are rarely used by plugins and not imitated are simply absent, as in any browser.
 */
import { addClasses, makeElement, makeSvg, setAttributes, setText } from './create';
import { delegateOff, delegateOn } from './delegate';
import { onInserted, watchInsertions } from './insertion';
import { addWindow, inEveryWindow, isInstance, setActiveWindow, type PageWindow } from './windows';

type Attribute = string | number | boolean | null;

export function installDomHelpers(): void {
  inEveryWindow(equip);
  define(String.prototype, {
    contains(this: string, part: string) {
      return this.includes(part);
    },
  });
  define(Array.prototype, arrayHelpers);
  define(Math, { clamp: (value: number, min: number, max: number) => Math.min(max, Math.max(min, value)) });
  Object.assign(window, {
    createEl: makeElement,
    createDiv: (info?: DomElementInfo | string) => makeElement('div', info),
    createSpan: (info?: DomElementInfo | string) => makeElement('span', info),
    createSvg: makeSvg,
    createFragment(callback?: (fragment: DocumentFragment) => void) {
      const fragment = document.createDocumentFragment();
      callback?.(fragment);
      return fragment;
    },
    fish: (selector: string) => document.querySelector(selector),
    fishAll: (selector: string) => [...document.querySelectorAll(selector)],
    isBoolean: (value: unknown) => typeof value === 'boolean',
    sleep: (ms: number) => new Promise((resolve) => window.setTimeout(resolve, ms)),
    nextFrame: () => new Promise((resolve) => window.requestAnimationFrame(resolve)),
    ready(callback: () => unknown) {
      if (document.readyState !== 'loading') callback();
      else document.addEventListener('DOMContentLoaded', callback);
    },
  });
  setActiveWindow(window);
  addWindow(window);
}

/** Each window has classes of its own for what stands on its page. */
function equip(win: PageWindow): void {
  define(win.Node.prototype, nodeHelpers);
  define(win.Element.prototype, elementHelpers);
  define(win.HTMLElement.prototype, htmlHelpers);
  define(win.SVGElement.prototype, styleHelpers);
  define(win.DocumentFragment.prototype, searchHelpers);
  define(win.Document.prototype, delegateHelpers);
  define(win.Event.prototype, eventHelpers);
  getter(win.Node.prototype, 'doc', pageOf);
  getter(win.Node.prototype, 'win', (node) => pageOf(node).defaultView ?? window);
  getter(win.Event.prototype, 'doc', ({ target }) => pageOfTarget(target));
  getter(win.Event.prototype, 'win', ({ target }) => pageOfTarget(target).defaultView ?? window);
  watchInsertions(win);
  win.addEventListener('focus', () => setActiveWindow(win));
  win.addEventListener('mousedown', () => setActiveWindow(win), { capture: true });
}

function pageOf(node: Node): Document {
  return node.ownerDocument ?? (node as Document);
}

function pageOfTarget(target: EventTarget | null): Document {
  return isInstance(target, Node) ? pageOf(target as Node) : document;
}

const nodeHelpers = {
  detach(this: Node) {
    this.parentNode?.removeChild(this);
  },
  empty(this: Node) {
    while (this.lastChild !== null) this.removeChild(this.lastChild);
  },
  insertAfter(this: Node, node: Node, child: Node | null) {
    return this.insertBefore(node, child?.nextSibling ?? null);
  },
  indexOf(this: Node, other: Node) {
    return [...this.childNodes].indexOf(other as ChildNode);
  },
  setChildrenInPlace(this: Node, children: Node[]) {
    while (this.lastChild !== null) this.removeChild(this.lastChild);
    for (const child of children) this.appendChild(child);
  },
  appendText(this: Node, text: string) {
    this.appendChild(document.createTextNode(text));
  },
  instanceOf<T>(this: Node, type: new () => T) {
    return isInstance(this, type);
  },
  createEl<K extends keyof HTMLElementTagNameMap>(
    this: Node,
    tag: K,
    info?: DomElementInfo | string,
    callback?: (element: HTMLElementTagNameMap[K]) => void,
  ) {
    return makeElement(tag, inside(this, info), callback);
  },
  createDiv(this: Node, info?: DomElementInfo | string, callback?: (element: HTMLDivElement) => void) {
    return makeElement('div', inside(this, info), callback);
  },
  createSpan(this: Node, info?: DomElementInfo | string, callback?: (element: HTMLSpanElement) => void) {
    return makeElement('span', inside(this, info), callback);
  },
  createSvg<K extends keyof SVGElementTagNameMap>(
    this: Node,
    tag: K,
    info?: SvgElementInfo | string,
    callback?: (element: SVGElementTagNameMap[K]) => void,
  ) {
    const described = typeof info === 'string' ? { cls: info } : (info ?? {});
    return makeSvg(tag, { ...described, parent: this }, callback);
  },
};

function inside(parent: Node, info: DomElementInfo | string = {}): DomElementInfo {
  return typeof info === 'string' ? { cls: info, parent } : { ...info, parent };
}

const searchHelpers = {
  find(this: ParentNode, selector: string) {
    return this.querySelector(selector);
  },
  findAll(this: ParentNode, selector: string) {
    return [...this.querySelectorAll(selector)];
  },
};

const elementHelpers = {
  ...searchHelpers,
  findAllSelf(this: Element, selector: string) {
    const below = [...this.querySelectorAll(selector)];
    return this.matches(selector) ? [this, ...below] : below;
  },
  getText(this: Element) {
    return this.textContent ?? '';
  },
  setText(this: Element, text: string | DocumentFragment) {
    setText(this, text);
  },
  addClass(this: Element, ...classes: string[]) {
    addClasses(this, classes);
  },
  addClasses(this: Element, classes: string[]) {
    addClasses(this, classes);
  },
  removeClass(this: Element, ...classes: string[]) {
    this.classList.remove(...classes);
  },
  removeClasses(this: Element, classes: string[]) {
    this.classList.remove(...classes);
  },
  toggleClass(this: Element, classes: string | string[], isOn: boolean) {
    for (const name of typeof classes === 'string' ? [classes] : classes) this.classList.toggle(name, isOn);
  },
  hasClass(this: Element, name: string) {
    return this.classList.contains(name);
  },
  setAttr(this: Element, name: string, value: Attribute) {
    setAttributes(this, { [name]: value });
  },
  setAttrs(this: Element, attributes: Record<string, Attribute>) {
    setAttributes(this, attributes);
  },
  getAttr(this: Element, name: string) {
    return this.getAttribute(name);
  },
  matchParent(this: Element, selector: string, lastParent?: Element) {
    const found = this.closest(selector);
    return found !== null && (lastParent?.contains(found) ?? true) ? found : null;
  },
  getCssPropertyValue(this: Element, property: string, pseudoElement?: string) {
    return getComputedStyle(this, pseudoElement).getPropertyValue(property).trim();
  },
  isActiveElement(this: Element) {
    return this.ownerDocument.activeElement === this;
  },
};

const styleHelpers = {
  setCssStyles(this: HTMLElement | SVGElement, styles: Partial<CSSStyleDeclaration>) {
    Object.assign(this.style, styles);
  },
  setCssProps(this: HTMLElement | SVGElement, properties: Record<string, string>) {
    for (const [name, value] of Object.entries(properties)) this.style.setProperty(name, value);
  },
};

const delegateHelpers = {
  on(
    this: HTMLElement | Document,
    type: string,
    selector: string,
    listener: (this: HTMLElement, event: Event, target: HTMLElement) => unknown,
    options?: boolean | AddEventListenerOptions,
  ) {
    delegateOn(this, type, selector, listener, options);
  },
  off(
    this: HTMLElement | Document,
    type: string,
    selector: string,
    listener: (this: HTMLElement, event: Event, target: HTMLElement) => unknown,
    options?: boolean | AddEventListenerOptions,
  ) {
    delegateOff(this, type, selector, listener, options);
  },
};

const htmlHelpers = {
  ...styleHelpers,
  ...delegateHelpers,
  show(this: HTMLElement) {
    this.style.display = '';
  },
  hide(this: HTMLElement) {
    this.style.display = 'none';
  },
  toggle(this: HTMLElement, isShown: boolean) {
    this.style.display = isShown ? '' : 'none';
  },
  toggleVisibility(this: HTMLElement, isVisible: boolean) {
    this.style.visibility = isVisible ? '' : 'hidden';
  },
  isShown(this: HTMLElement) {
    return this.offsetParent !== null;
  },
  onClickEvent(
    this: HTMLElement,
    listener: (this: HTMLElement, event: MouseEvent) => unknown,
    options?: boolean | AddEventListenerOptions,
  ) {
    this.addEventListener('click', listener, options);
    this.addEventListener('auxclick', listener, options);
  },
  onNodeInserted(this: HTMLElement, listener: () => unknown, once = false) {
    const end = onInserted(this, () => {
      if (once) end();
      listener();
    });
    return end;
  },
  onWindowMigrated(this: HTMLElement, listener: (win: Window) => unknown) {
    let { win } = this;
    return onInserted(this, () => {
      if (this.win === win) return;
      win = this.win;
      listener(win);
    });
  },
  trigger(this: HTMLElement, type: string) {
    this.dispatchEvent(new Event(type, { bubbles: true }));
  },
};

const eventHelpers = {
  instanceOf<T>(this: Event, type: new (...data: never[]) => T) {
    return isInstance(this, type);
  },
};

const arrayHelpers = {
  first<T>(this: T[]) {
    return this[0];
  },
  last<T>(this: T[]) {
    return this[this.length - 1];
  },
  contains<T>(this: T[], item: T) {
    return this.includes(item);
  },
  remove<T>(this: T[], item: T) {
    const index = this.indexOf(item);
    if (index >= 0) this.splice(index, 1);
  },
  unique<T>(this: T[]) {
    return [...new Set(this)];
  },
};

/** Not enumerable, so that `for … in` over an array or string still sees only what is in it. */
function define(target: object, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

function getter<T extends object>(target: T, name: string, get: (self: T) => unknown): void {
  Object.defineProperty(target, name, {
    get(this: T) {
      return get(this);
    },
    configurable: true,
  });
}
