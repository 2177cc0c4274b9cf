/** Tells elements that they came into a page, or into that of another window (obsidian.d.ts "onNodeInserted"). */
import type { PageWindow } from './windows';

interface Waiting {
  readonly element: HTMLElement;
  /** The page it stands in. */
  page: Document | null;
  readonly listener: () => void;
}

const waiting = new Set<Waiting>();

export function watchInsertions({ document: page, MutationObserver: Observer }: PageWindow): void {
  new Observer(() => [...waiting].forEach(look)).observe(page, { childList: true, subtree: true });
}

/** Gives the way to end it. */
export function onInserted(element: HTMLElement, listener: () => void): () => void {
  const entry: Waiting = { element, page: pageOf(element), listener };
  waiting.add(entry);
  return () => waiting.delete(entry);
}

function look(entry: Waiting): void {
  const page = pageOf(entry.element);
  if (page === entry.page) return;
  entry.page = page;
  if (page !== null) entry.listener();
}

function pageOf(element: HTMLElement): Document | null {
  return element.isConnected ? element.ownerDocument : null;
}
