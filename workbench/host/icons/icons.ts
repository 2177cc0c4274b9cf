/** Icons by their Lucide name (obsidian.d.ts "function setIcon"). lucide.json holds a part of Lucide; see LICENSE-lucide. */
import { makeSvg } from '../dom/create';
import lucide from './lucide.json';

type Shape = readonly [keyof SVGElementTagNameMap, Readonly<Record<string, string>>];

const shapes = new Map(Object.entries(lucide as unknown as Record<string, readonly Shape[]>));
const own = new Map<string, string>();
const reported = new Set<string>();

/** Null for an unknown name, as in the app; the console says so once, because the app's set is larger than ours. */
export function getIcon(id: string): SVGSVGElement | null {
  const name = id.replace(/^lucide-/, '');
  const content = own.get(id);
  const icon = shapes.get(name);
  if (content === undefined && icon === undefined) {
    if (!reported.has(id))
      window.console.warn(`The workbench has no icon "${id}"; see workbench/host/icons.`);
    reported.add(id);
    return null;
  }
  const svg = makeSvg('svg', {
    cls: content === undefined ? `svg-icon lucide-${name}` : `svg-icon ${id}`,
    attr:
      content === undefined
        ? {
            width: 24,
            height: 24,
            viewBox: '0 0 24 24',
            fill: 'none',
            stroke: 'currentColor',
            'stroke-width': 2,
            'stroke-linecap': 'round',
            'stroke-linejoin': 'round',
            'aria-hidden': 'true',
          }
        : { viewBox: '0 0 100 100', 'aria-hidden': 'true' },
  });
  for (const [tag, attr] of icon ?? []) makeSvg(tag, { attr, parent: svg });
  if (content !== undefined) svg.append(...parseSvg(content));
  return svg;
}

export function setIcon(parent: HTMLElement, id: string): void {
  parent.replaceChildren();
  const icon = getIcon(id);
  if (icon !== null) parent.appendChild(icon);
}

/** `content` is what stands inside `<svg viewBox="0 0 100 100">` (obsidian.d.ts "function addIcon"). */
export function addIcon(id: string, content: string): void {
  own.set(id, content);
}

export function removeIcon(id: string): void {
  own.delete(id);
}

export function getIconIds(): string[] {
  return [...[...shapes.keys()].map((name) => `lucide-${name}`), ...own.keys()];
}

function parseSvg(content: string): Node[] {
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  return [...parsed.documentElement.childNodes].map((node) => document.importNode(node, true));
}
