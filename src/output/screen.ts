import { EditableLine } from './editableLine';
import type { OutputStream } from './line';
import type { LineLog } from './lineLog';
import type { Style } from './style';

/** Lines a program can still reach with the cursor; a terminal's own height is rarely larger. */
const REACH = 60;
/** Rows beyond reach go to the log in batches: moving the array for every line would cost more than the line. */
const BATCH = 256;

/** The last lines of an output, which a program may still rewrite. Lines that scroll out at the top go to the log. */
export class Screen {
  private rows: EditableLine[];
  private row = 0;
  /** Where the cursor was saved: rows from the last one, since rows above go to the log. */
  private saved = { fromEnd: 0, column: 0 };

  constructor(
    private readonly log: LineLog,
    private readonly lineChars: number,
  ) {
    this.rows = [new EditableLine('terminal', lineChars)];
  }

  /** Rows, without a last one in which nothing stands yet. */
  get length(): number {
    return this.rows.at(-1)?.isEmpty ? this.rows.length - 1 : this.rows.length;
  }

  at(index: number): EditableLine | undefined {
    return this.rows[index];
  }

  /** Output of another stream never continues a line. */
  enter(stream: OutputStream): void {
    const line = this.current;
    if (line.stream === stream) return;
    this.row = this.rows.length - 1;
    if (this.current.isEmpty) this.rows[this.row] = new EditableLine(stream, this.lineChars);
    else this.lineFeed(stream);
  }

  write(text: string, style: Style | null): void {
    this.current.write(text, style);
  }

  control(char: string, style: Style | null): void {
    if (char === '\n') this.lineFeed(this.current.stream);
    else if (char === '\r') this.current.moveTo(0);
    else if (char === '\t') this.current.tab(style);
    else this.current.moveBy(-1);
  }

  /** Cursor movement and erasing; other sequences do nothing. */
  csi(final: string, parameters: string): void {
    const first = Number.parseInt(parameters, 10);
    const count = Number.isNaN(first) ? 1 : Math.max(1, first);
    const which = Number.isNaN(first) ? 0 : first;
    if (final === 'A') this.moveRow(-count, this.current.column);
    else if (final === 'B') this.moveRow(count, this.current.column);
    else if (final === 'C') this.current.moveBy(count);
    else if (final === 'D') this.current.moveBy(-count);
    else if (final === 'E') this.moveRow(count, 0);
    else if (final === 'F') this.moveRow(-count, 0);
    else if (final === 'G') this.current.moveTo(count - 1);
    else if (final === 'K') this.current.erase(which);
    else if (final === 'P') this.current.deleteColumns(count);
    else if (final === 'J') this.eraseRows(which);
    else if (final === 's') this.save();
    else if (final === 'u') this.restore();
  }

  /** `7` and `8` save and restore the cursor, `M` moves it up. */
  escape(final: string): void {
    if (final === '7') this.save();
    else if (final === '8') this.restore();
    else if (final === 'M') this.moveRow(-1, this.current.column);
  }

  /** What stands in the last line, when that line is not finished. */
  get openLine(): string {
    return (this.rows.at(-1)?.toLine().spans ?? []).map((span) => span.text).join('');
  }

  /** Hands all rows to the log. */
  flush(): void {
    for (const line of this.rows.slice(0, this.length)) this.log.push(line.toLine());
    this.rows = [new EditableLine(this.current.stream, this.lineChars)];
    this.row = 0;
  }

  private save(): void {
    this.saved = { fromEnd: this.rows.length - 1 - this.row, column: this.current.column };
  }

  private restore(): void {
    this.moveRow(this.rows.length - 1 - this.saved.fromEnd - this.row, this.saved.column);
  }

  private get current(): EditableLine {
    const line = this.rows[this.row];
    if (!line) throw new RangeError(`The cursor is on row ${this.row} of ${this.rows.length}.`);
    return line;
  }

  private lineFeed(stream: OutputStream): void {
    if (this.row < this.rows.length - 1) {
      this.moveRow(1, 0);
      return;
    }
    this.rows.push(new EditableLine(stream, this.lineChars));
    if (this.rows.length >= REACH + BATCH) {
      for (const line of this.rows.splice(0, BATCH)) this.log.push(line.toLine());
    }
    this.row = this.rows.length - 1;
  }

  private moveRow(rows: number, column: number): void {
    const top = Math.max(0, this.rows.length - REACH);
    this.row = Math.min(Math.max(top, this.row + rows), this.rows.length - 1);
    this.current.moveTo(column);
  }

  private eraseRows(which: number): void {
    if (which === 1) {
      const top = Math.max(0, this.rows.length - REACH);
      for (const line of this.rows.slice(top, this.row)) line.erase(2);
      this.current.erase(1);
    } else if (which === 0) {
      this.rows.length = this.row + 1;
      this.current.erase(0);
    } else if (which === 2 || which === 3) {
      // `clear`: what was printed before is meant to be gone.
      this.rows = [new EditableLine(this.current.stream, this.lineChars)];
      this.row = 0;
      this.log.clear();
    }
  }
}
