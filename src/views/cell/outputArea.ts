import type { Line } from '../../output/line';
import type { OutputText } from '../../output/outputText';
import { lookOf } from './styleClasses';

/** Longer outputs fold to their first and last lines. */
export const FOLD_ABOVE = 32;
const FOLD_HEAD = 8;
const FOLD_TAIL = 16;

/** One drawn row: a line of output, or a sentence about lines that are not drawn. */
type Row = Line | string;

/** Which rows of an output are drawn. */
export function rowsOf(output: OutputText, unfolded: boolean): Row[] {
  const count = output.lineCount;
  if (!unfolded && count > FOLD_ABOVE) {
    const hidden = count - FOLD_HEAD - FOLD_TAIL + output.omittedLines;
    return [
      ...output.lines(0, FOLD_HEAD),
      `${hidden.toLocaleString('en')} lines folded`,
      ...output.lines(count - FOLD_TAIL, count),
    ];
  }
  const lines: Row[] = output.lines();
  if (output.omittedLines > 0) {
    lines.splice(output.omittedAt, 0, `${output.omittedLines.toLocaleString('en')} lines were not kept`);
  }
  return lines;
}

/** How many rows `rowsOf` gives, without making them. */
export function rowCount(output: OutputText, unfolded: boolean): number {
  if (!unfolded && output.lineCount > FOLD_ABOVE) return FOLD_HEAD + 1 + FOLD_TAIL;
  return output.lineCount + (output.omittedLines > 0 ? 1 : 0);
}

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
    element.className = 'labpath-line labpath-gap';
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
