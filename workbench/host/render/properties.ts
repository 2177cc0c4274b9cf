/** The properties of a note as a table, above the text in both modes. */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { getLinkpath } from '../base/paths';

/** Folded to one line until it is opened, so that notes with many properties begin with their text. */
export function propertiesTable(
  frontmatter: Readonly<Record<string, unknown>>,
  app: O.App,
  sourcePath: string,
): HTMLElement {
  const details = makeElement('details', 'metadata-container');
  const summary = details.createEl('summary', 'metadata-properties-heading');
  setIcon(summary.createSpan('metadata-icon'), 'chevron-right');
  summary.createSpan({ cls: 'metadata-properties-title', text: 'Properties' });
  const set = Object.entries(frontmatter).filter(([, value]) => !isEmpty(value));
  const shown = set.slice(0, 4).map(([key]) => key);
  summary.createSpan({ cls: 'metadata-summary', text: shown.join(' · ') + (set.length > 4 ? ' …' : '') });
  const table = details.createDiv('metadata-properties');
  for (const [key, value] of Object.entries(frontmatter)) {
    const row = table.createDiv({ cls: 'metadata-property', attr: { 'data-property-key': key } });
    row.createDiv({ cls: 'metadata-property-key', text: key });
    const cell = row.createDiv('metadata-property-value');
    for (const item of Array.isArray(value) ? value : [value]) addValue(cell, item, app, sourcePath);
  }
  return details;
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function addValue(cell: HTMLElement, value: unknown, app: O.App, sourcePath: string): void {
  if (isEmpty(value)) {
    cell.createSpan({ cls: 'metadata-empty', text: 'Empty' });
    return;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const link = /^\[\[([^\]|]+)(?:\|([^\]]*))?\]\]$/.exec(text);
  if (link === null) {
    cell.createSpan({ cls: 'metadata-value', text });
    return;
  }
  const target = link[1] ?? '';
  const anchor = cell.createEl('a', { cls: 'internal-link', text: link[2] ?? target, href: target });
  anchor.dataset['href'] = target;
  const exists = app.metadataCache.getFirstLinkpathDest(getLinkpath(target), sourcePath) !== null;
  anchor.toggleClass('is-unresolved', !exists);
}
