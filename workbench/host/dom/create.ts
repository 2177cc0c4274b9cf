/** `createEl` and its kin, as Obsidian adds them to nodes and to the global scope (obsidian.d.ts "interface Node"). */

type HtmlTag = keyof HTMLElementTagNameMap;
type SvgTag = keyof SVGElementTagNameMap;

const svgNamespace = 'http://www.w3.org/2000/svg';

export function makeElement<K extends HtmlTag>(
  tag: K,
  info?: DomElementInfo | string,
  callback?: (element: HTMLElementTagNameMap[K]) => void,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  describe(element, typeof info === 'string' ? { cls: info } : (info ?? {}));
  callback?.(element);
  return element;
}

export function makeSvg<K extends SvgTag>(
  tag: K,
  info?: SvgElementInfo | string,
  callback?: (element: SVGElementTagNameMap[K]) => void,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svgNamespace, tag);
  const { cls, attr, parent, prepend } = typeof info === 'string' ? { cls: info } : (info ?? {});
  addClasses(element, cls);
  setAttributes(element, attr ?? {});
  place(element, parent, prepend);
  callback?.(element);
  return element;
}

function describe(element: HTMLElement, info: DomElementInfo): void {
  addClasses(element, info.cls);
  if (info.text !== undefined) setText(element, info.text);
  setAttributes(element, info.attr ?? {});
  if (info.title !== undefined) element.title = info.title;
  if (info.href !== undefined) element.setAttribute('href', info.href);
  if (info.type !== undefined) element.setAttribute('type', info.type);
  if (info.placeholder !== undefined) element.setAttribute('placeholder', info.placeholder);
  if (info.value !== undefined && 'value' in element) element.value = info.value;
  place(element, info.parent, info.prepend);
}

function place(element: Element, parent: Node | undefined, prepend = false): void {
  if (parent === undefined) return;
  if (prepend) parent.insertBefore(element, parent.firstChild);
  else parent.appendChild(element);
}

export function addClasses(element: Element, cls: string | readonly string[] | undefined): void {
  const names = typeof cls === 'string' ? cls.split(/\s+/) : (cls ?? []);
  element.classList.add(...names.filter((name) => name !== ''));
}

export function setText(element: Element, text: string | DocumentFragment): void {
  if (typeof text === 'string') element.textContent = text;
  else element.replaceChildren(text);
}

/** `null` takes the attribute away; `true` and `false` are written out, as the app does. */
export function setAttributes(
  element: Element,
  attributes: Readonly<Record<string, string | number | boolean | null>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}
