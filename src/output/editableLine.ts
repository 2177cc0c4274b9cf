import type { Line, OutputStream, Span } from './line';
import type { Style } from './style';

interface Column {
  readonly char: string;
  readonly style: Style | null;
}

const TAB_STOP = 8;
const BLANK: Column = { char: ' ', style: null };

/**
 * The line a program is writing, with a cursor. Text added at the end, which is nearly all text, is kept as spans; only
 * a program that moves the cursor back (progress bars) makes it columns, of one code point each.
 */
export class EditableLine {
  private spans: Span[] = [];
  private columns: Column[] | null = null;
  /** Column of the cursor; null is the end. */
  private cursor: number | null = null;
  private length = 0;
  /** Characters at the end that were not kept. */
  private omitted = 0;
  private line: Line | null = null;
  private isShared = false;

  constructor(
    readonly stream: OutputStream,
    private readonly limit: number,
  ) {}

  /** Column of the cursor, counted from 0. */
  get column(): number {
    return this.cursor ?? this.toColumns().length;
  }

  get isEmpty(): boolean {
    return this.length === 0 && this.omitted === 0;
  }

  write(text: string, style: Style | null): void {
    if (this.cursor === null) this.append(text, style);
    else this.overwrite([...text], style);
  }

  /** Moves to the next tab stop. At the end the tab itself is kept, so that copied text has it. */
  tab(style: Style | null): void {
    if (this.cursor === null) this.append('\t', style);
    else this.moveTo(this.cursor + TAB_STOP - (this.cursor % TAB_STOP));
  }

  moveTo(column: number): void {
    const to = Math.min(Math.max(0, column), this.limit);
    this.cursor = this.isEmpty && to === 0 ? null : to;
  }

  moveBy(columns: number): void {
    this.moveTo(this.column + columns);
  }

  /** `CSI K`: 0 from the cursor to the end, 1 from the start to the cursor, 2 everything. */
  erase(which: number): void {
    this.line = null;
    const columns = this.toColumns();
    const cursor = this.cursor ?? columns.length;
    if (which === 0) columns.length = Math.min(cursor, columns.length);
    else if (which === 1) columns.fill(BLANK, 0, Math.min(cursor + 1, columns.length));
    else if (which === 2) columns.length = 0;
    if (which !== 1) this.omitted = 0;
    this.cursor = cursor;
    this.length = columns.length;
  }

  /** `CSI n P`: removes columns at the cursor, what is behind them moves left. */
  deleteColumns(count: number): void {
    this.line = null;
    const columns = this.toColumns();
    columns.splice(this.cursor ?? columns.length, count);
    this.length = columns.length;
  }

  /** The line as a value; the same object until the line changes. */
  toLine(): Line {
    if (this.line === null) {
      this.isShared = true;
      this.line = { spans: this.toSpans(), stream: this.stream, omitted: this.omitted };
    }
    return this.line;
  }

  private toSpans(): Span[] {
    if (this.columns === null) return this.spans;
    const spans: Span[] = [];
    for (const { char, style } of this.columns) addText(spans, char, style);
    return spans;
  }

  private append(text: string, style: Style | null): void {
    this.line = null;
    const room = this.limit - this.length;
    const kept = text.length <= room ? text : cut(text, room);
    this.omitted += text.length - kept.length;
    if (kept === '') return;
    this.length += kept.length;
    if (this.columns === null) {
      // A line handed out is a value: it keeps its spans, we go on with our own.
      if (this.isShared) this.spans = [...this.spans];
      this.isShared = false;
      addText(this.spans, kept, style);
    } else for (const char of kept) this.columns.push({ char, style });
  }

  private overwrite(chars: readonly string[], style: Style | null): void {
    this.line = null;
    const columns = this.toColumns();
    let cursor = this.cursor ?? columns.length;
    for (const char of chars) {
      if (cursor >= this.limit) {
        this.omitted++;
        continue;
      }
      while (columns.length < cursor) columns.push(BLANK);
      columns[cursor] = { char, style };
      cursor++;
    }
    this.length = columns.length;
    // Back at the end, adding is cheap again.
    this.cursor = cursor === columns.length ? null : cursor;
  }

  private toColumns(): Column[] {
    if (this.columns !== null) return this.columns;
    const columns: Column[] = [];
    for (const { text, style } of this.spans) {
      for (const char of text) {
        const width = char === '\t' ? TAB_STOP - (columns.length % TAB_STOP) : 1;
        for (let i = 0; i < width; i++) columns.push({ char: char === '\t' ? ' ' : char, style });
      }
    }
    this.spans = [];
    this.length = columns.length;
    this.columns = columns;
    return columns;
  }
}

function addText(spans: Span[], text: string, style: Style | null): void {
  const last = spans.at(-1);
  if (last && last.style === style) spans[spans.length - 1] = { text: last.text + text, style };
  else spans.push({ text, style });
}

/** The first `length` UTF-16 units, without half a character at the end. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
