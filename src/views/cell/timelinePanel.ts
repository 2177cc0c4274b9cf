import { count } from '../../base/count';
import type { Captured } from '../../runs/capture';
import { showProblem } from '../ui/dom';

/** Rows that are drawn of a capture. */
const MOST_ROWS = 500;

/** What a cell printed and what its capture saw, side by side in time. */
export class TimelinePanel {
  private readonly element: HTMLElement;
  private drawn: Captured | null = null;

  constructor(parent: HTMLElement) {
    this.element = parent.createDiv({ cls: ['labpath-timeline', 'labpath-hidden'] });
  }

  draw(captured: Captured | null): void {
    if (captured === this.drawn) return;
    this.drawn = captured;
    this.element.empty();
    this.element.toggleClass('labpath-hidden', captured === null);
    if (!captured) return;
    if (captured.problem) showProblem(this.element, captured.problem);
    if (captured.rows.length === 0) return;
    const table = this.element.createEl('table', { cls: 'labpath-table' });
    const head = table.createEl('thead').createEl('tr');
    for (const title of ['Time', 'Cell', 'Capture'])
      head.createEl('th', { text: title, attr: { scope: 'col' } });
    const body = table.createEl('tbody');
    for (const { at, source, text } of captured.rows.slice(0, MOST_ROWS)) {
      const row = body.createEl('tr', { cls: `is-${source}` });
      row.createEl('td', { cls: 'labpath-timeline-at', text: `${(at / 1000).toFixed(3)} s` });
      row.createEl('td', { text: source === 'cell' ? text : '' });
      row.createEl('td', { text: source === 'capture' ? text : '' });
    }
    const rest = captured.rows.length - MOST_ROWS;
    if (rest > 0) this.element.createDiv({ cls: 'labpath-gap', text: count(rest, 'more line') });
  }
}
