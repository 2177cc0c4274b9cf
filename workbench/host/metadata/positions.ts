/** Offsets of a text as the positions Obsidian's caches use (obsidian.d.ts "interface Loc": 0-based line and column). */
import type * as O from 'obsidian';

export class Positions {
  private readonly starts: readonly number[];

  constructor(readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Offset of the end of a line, before its newline. */
  endOf(line: number): number {
    const next = this.starts[line + 1];
    return next === undefined ? this.text.length : next - 1;
  }

  loc(offset: number): O.Loc {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, col: offset - (this.starts[low] ?? 0), offset };
  }

  range(from: number, to: number): O.Pos {
    return { start: this.loc(from), end: this.loc(to) };
  }

  /** From the first line to the last one that is not blank; `end` is exclusive, as markdown-it's `map`. */
  lines(start: number, end: number): O.Pos {
    let last = Math.min(end, this.lineCount) - 1;
    while (last > start && this.text.slice(this.startOf(last), this.endOf(last)).trim() === '') last--;
    return this.range(this.startOf(start), this.endOf(last));
  }
}
