import type { OutputStream } from './line';
import type { Line } from './line';

/** What a run printed, as lines of styled text; bounded: the head and the tail are kept, the middle is counted. */
export class OutputText {
  /** Grows with every change. */
  version = 0;

  push(_bytes: Uint8Array, _stream: OutputStream = 'terminal'): void {
    this.version++;
  }

  /** Kept lines; a last line that is still empty does not count. */
  get lineCount(): number {
    return 0;
  }

  /** Lines dropped from the middle. They stood before the kept line of index `omittedAt`. */
  readonly omittedLines: number = 0;
  readonly omittedAt: number = 0;

  /** Kept lines `from` (inclusive) to `to` (exclusive). A line that does not change stays the same object. */
  lines(_from = 0, _to = this.lineCount): Line[] {
    return [];
  }

  /** All kept text without styles; a sentence stands where lines were dropped. */
  plain(): string {
    return '';
  }
}
