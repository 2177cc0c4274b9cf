import type { Line } from './line';

/** Besides these, up to some 300 of the very last lines are kept, which a program may still rewrite. */
export interface OutputLimits {
  /** Lines kept of the beginning and of the end. */
  readonly headLines: number;
  readonly tailLines: number;
  /** Characters kept of the beginning, of the end, and of one line. */
  readonly headChars: number;
  readonly tailChars: number;
  readonly lineChars: number;
}

export const DEFAULT_LIMITS: OutputLimits = {
  headLines: 2000,
  tailLines: 8000,
  headChars: 1_000_000,
  tailChars: 4_000_000,
  lineChars: 20_000,
};

/** Finished lines: the first ones and the last ones are kept, those between are counted. */
export class LineLog {
  private head: Line[] = [];
  private tail: Line[] = [];
  /** Index of the first line of `tail` that is still kept; the others wait to be cut off in one go. */
  private tailStart = 0;
  private headChars = 0;
  private tailChars = 0;
  omittedLines = 0;

  constructor(private readonly limits: OutputLimits) {}

  get length(): number {
    return this.head.length + this.tail.length - this.tailStart;
  }

  /** Index of the first line after the gap; the head's length even when nothing is missing yet. */
  get headLength(): number {
    return this.head.length;
  }

  push(line: Line): void {
    const chars = charsOf(line);
    const headIsOpen = this.tail.length === 0 && this.omittedLines === 0;
    if (
      headIsOpen &&
      this.head.length < this.limits.headLines &&
      this.headChars + chars <= this.limits.headChars
    ) {
      this.head.push(line);
      this.headChars += chars;
      return;
    }
    this.tail.push(line);
    this.tailChars += chars;
    while (
      this.tail.length - this.tailStart > this.limits.tailLines ||
      (this.tailChars > this.limits.tailChars && this.tail.length - this.tailStart > 1)
    ) {
      this.dropFirstOfTail();
    }
  }

  at(index: number): Line | undefined {
    return index < this.head.length ? this.head[index] : this.tail[this.tailStart + index - this.head.length];
  }

  clear(): void {
    this.head = [];
    this.tail = [];
    this.tailStart = this.headChars = this.tailChars = this.omittedLines = 0;
  }

  /** Counts lines that were dropped before they came here; what is pushed from now on belongs to the end. */
  skip(lines: number): void {
    this.omittedLines += lines;
  }

  private dropFirstOfTail(): void {
    const dropped = this.tail[this.tailStart];
    if (dropped) this.tailChars -= charsOf(dropped);
    this.tailStart++;
    this.omittedLines++;
    if (this.tailStart > this.limits.tailLines) {
      this.tail = this.tail.slice(this.tailStart);
      this.tailStart = 0;
    }
  }
}

function charsOf(line: Line): number {
  let chars = 1;
  for (const span of line.spans) chars += span.text.length;
  return chars;
}
