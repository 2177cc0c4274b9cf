import { lookOf } from './styleClasses';
import type { Row } from './outputRows';

/**
 * Draws an output and keeps it up to date: rows that are drawn already stay, new ones are appended. It relies on
 * lines keeping their identity while they do not change.
 */
export class OutputArea {
  private drawn: Row[] = [];

  constructor(private readonly element: HTMLElement) {}

  draw(rows: readonly Row[]): void {
    const { element } = this;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 8;
    this.dropPassed(rows);
    for (const [index, row] of rows.entries()) {
      if (this.drawn[index] === row) continue;
      const fresh = drawRow(row);
      const old = element.children[index];
      if (old && index < this.drawn.length) old.replaceWith(fresh);
      else element.append(fresh);
    }
    while (element.children.length > rows.length) element.lastElementChild?.remove();
    this.drawn = [...rows];
    if (atEnd) element.scrollTop = element.scrollHeight;
  }

  /**
   * When lines left the middle, those after them moved up. Removing the rows that are gone lets the rest keep
   * their elements instead of drawing each anew.
   */
  private dropPassed(rows: readonly Row[]): void {
    const changed = rows.findIndex((row, index) => this.drawn[index] !== row);
    const gap = changed === -1 ? -1 : rows.findIndex((row, i) => i >= changed && typeof row === 'string');
    if (gap === -1 || typeof this.drawn[gap] !== 'string') return;
    const next = rows[gap + 1];
    const moved = next === undefined ? -1 : this.drawn.indexOf(next, gap + 1);
    if (moved <= gap + 1) return;
    for (let i = gap + 1; i < moved; i++) this.element.children[gap + 1]?.remove();
    this.drawn.splice(gap + 1, moved - gap - 1);
  }
}

function drawRow(row: Row): HTMLElement {
  const element = createDiv();
  if (typeof row === 'string') {
    element.className = 'labpath-line labpath-gap is-sentence';
    element.textContent = row;
    return element;
  }
  element.className = row.stream === 'stderr' ? 'labpath-line is-stderr' : 'labpath-line';
  for (const span of row.spans) {
    if (span.style === null) {
      element.append(span.text);
      continue;
    }
    const look = lookOf(span.style);
    const styled = element.createSpan({ cls: [...look.classes], text: span.text });
    styled.setCssProps({ ...look.properties });
  }
  if (row.omitted > 0) {
    element.createSpan({
      cls: 'labpath-gap',
      text: ` … ${row.omitted.toLocaleString('en')} characters not kept`,
    });
  }
  return element;
}
