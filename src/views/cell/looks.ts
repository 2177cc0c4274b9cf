import type { OutputTable } from '../../output/table';
import { showProblem } from '../ui/dom';
import type { OutputImage } from './outputImages';

/** Rows of a table that are drawn. */
const MOST_ROWS = 1000;

export function drawTable(parent: HTMLElement, { columns, rows }: OutputTable): void {
  const table = parent.createEl('table', { cls: 'labpath-table' });
  const head = table.createEl('thead').createEl('tr');
  for (const column of columns) head.createEl('th', { text: column, attr: { scope: 'col' } });
  const body = table.createEl('tbody');
  for (const row of rows.slice(0, MOST_ROWS)) {
    const line = body.createEl('tr');
    for (const value of row) line.createEl('td', { text: value });
  }
  if (rows.length > MOST_ROWS) {
    parent.createDiv({
      cls: 'labpath-gap',
      text: `${(rows.length - MOST_ROWS).toLocaleString('en')} more rows`,
    });
  }
}

export function drawJson(parent: HTMLElement, value: unknown): void {
  parent.createEl('pre', { cls: 'labpath-json', text: JSON.stringify(value, null, 2) });
}

export function drawImage(parent: HTMLElement, image: OutputImage, onLoad: () => void): void {
  if (image.state === 'loading') parent.createDiv({ cls: 'labpath-gap', text: 'Fetching the picture…' });
  else if (image.state === 'failed') showProblem(parent, image.problem);
  else {
    const picture = parent.createEl('img', {
      cls: 'labpath-image',
      attr: { src: image.address, alt: `Picture ${image.path}` },
    });
    picture.addEventListener('load', onLoad);
  }
}
