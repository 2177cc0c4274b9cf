/** Tooltips (obsidian.d.ts "function setTooltip"): the text is the element's aria-label, shown on hover. */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { elementOf, inEveryWindow } from '../dom/windows';

const delayMs = 500;
let shown: HTMLElement | null = null;

export function setTooltip(element: HTMLElement, text: string, options: O.TooltipOptions = {}): void {
  if (text === '') element.removeAttribute('aria-label');
  else element.setAttribute('aria-label', text);
  if (options.placement !== undefined) element.dataset['tooltipPosition'] = options.placement;
}

export function displayTooltip(
  element: HTMLElement,
  content: string | DocumentFragment,
  options: O.TooltipOptions = {},
): void {
  hideTooltip();
  const tooltip = makeElement('div', { cls: ['tooltip', ...(options.classes ?? [])], text: content });
  tooltip.setAttribute('role', 'tooltip');
  const page = element.ownerDocument;
  const { innerWidth, innerHeight } = element.win;
  page.body.appendChild(tooltip);
  const target = element.getBoundingClientRect();
  const size = tooltip.getBoundingClientRect();
  const gap = options.gap ?? 6;
  const left = { left: target.left - size.width - gap, right: target.right + gap };
  const placement = options.placement ?? 'bottom';
  const x =
    placement === 'left' || placement === 'right'
      ? left[placement]
      : target.left + target.width / 2 - size.width / 2;
  const below = target.bottom + gap;
  const above = target.top - size.height - gap;
  const beside = target.top + target.height / 2 - size.height / 2;
  const fitsBelow = below + size.height < innerHeight;
  const y =
    placement === 'left' || placement === 'right'
      ? beside
      : placement === 'top' || !fitsBelow
        ? above
        : below;
  tooltip.setCssProps({
    '--tooltip-x': `${Math.round(Math.min(innerWidth - size.width - 4, Math.max(4, x)))}px`,
    '--tooltip-y': `${Math.round(Math.max(4, y))}px`,
  });
  shown = tooltip;
}

function hideTooltip(): void {
  shown?.remove();
  shown = null;
}

/** Every element with an aria-label that a mouse rests on shows it, as in the app. */
export function installTooltips(): void {
  inEveryWindow((win) => showTooltipsIn(win.document));
}

function showTooltipsIn(page: Document): void {
  let timer = 0;
  page.addEventListener('mouseover', (event) => {
    window.clearTimeout(timer);
    hideTooltip();
    const element = elementOf(event)?.closest<HTMLElement>('[aria-label]') ?? null;
    const label = element?.getAttribute('aria-label') ?? '';
    if (element === null || label === '' || element.dataset['tooltipPosition'] === 'none') return;
    const placement = element.dataset['tooltipPosition'] as O.TooltipPlacement | undefined;
    timer = window.setTimeout(() => {
      if (element.isConnected) displayTooltip(element, label, placement === undefined ? {} : { placement });
    }, delayMs);
  });
  page.addEventListener('mousedown', () => {
    window.clearTimeout(timer);
    hideTooltip();
  });
}
