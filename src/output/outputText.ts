import { EscapeParser } from './escapes';
import type { Line, OutputStream } from './line';
import { DEFAULT_LIMITS, LineLog, type OutputLimits } from './lineLog';
import { RawTail } from './rawTail';
import { Screen } from './screen';
import { applySgr, sgrOf, type Style } from './style';

/** An output in a form that can be stored: text with SGR sequences. */
export interface OutputRecord {
  readonly head: string;
  /** Lines that are missing between head and tail. */
  readonly omittedLines: number;
  readonly tail: string;
}

/**
 * What a run printed, as lines of styled text, as a terminal would show it. Bounded: the head and the tail are kept,
 * lines between them are counted. How the bytes are cut into chunks makes no difference.
 */
export class OutputText {
  /** Grows with every change. */
  version = 0;
  /** What the program wrote last, byte for byte; empty once it has ended. */
  readonly raw = new RawTail();
  private readonly log: LineLog;
  private readonly screen: Screen;
  private readonly readers = new Map<OutputStream, StreamReader>();

  constructor(limits: OutputLimits = DEFAULT_LIMITS) {
    this.log = new LineLog(limits);
    this.screen = new Screen(this.log, limits.lineChars);
  }

  static fromRecord(record: OutputRecord, limits: OutputLimits = DEFAULT_LIMITS): OutputText {
    const output = new OutputText(limits);
    output.reader('terminal').parser.push(record.head);
    if (record.omittedLines > 0) {
      output.screen.flush();
      output.log.skip(record.omittedLines);
    }
    output.reader('terminal').parser.push(record.tail);
    return output;
  }

  push(bytes: Uint8Array, stream: OutputStream = 'terminal'): void {
    const { decoder, parser } = this.reader(stream);
    this.screen.enter(stream);
    parser.push(decoder.decode(bytes, { stream: true }));
    if (stream === 'terminal') this.raw.push(bytes);
    this.version++;
  }

  /** Whether the program draws on a screen of its own (vim, less, top); what it draws there is no output. */
  get isFullScreen(): boolean {
    return [...this.readers.values()].some((reader) => reader.isFullScreen);
  }

  /** The unfinished last line, which may be a question; empty when the last line is finished. */
  get openLine(): string {
    return this.screen.openLine;
  }

  /** Nothing more will come: the first bytes of an unfinished character become U+FFFD. */
  end(): void {
    for (const [stream, reader] of this.readers) {
      const { decoder, parser } = reader;
      if (reader.isFullScreen) {
        this.screen.enter(stream);
        reader.showHidden();
      }
      const rest = decoder.decode();
      if (rest === '') continue;
      this.screen.enter(stream);
      parser.push(rest);
    }
    this.raw.clear();
    this.version++;
  }

  /** Kept lines; a last line in which nothing stands yet does not count. */
  get lineCount(): number {
    return this.log.length + this.screen.length;
  }

  /** Lines dropped from the middle. */
  get omittedLines(): number {
    return this.log.omittedLines;
  }

  /** Index of the kept line before which lines are missing, when there are any. */
  get omittedAt(): number {
    return this.log.headLength;
  }

  /** Kept lines `from` (inclusive) to `to` (exclusive). A line that did not change is the same object as before. */
  lines(from = 0, to = this.lineCount): Line[] {
    const lines: Line[] = [];
    const end = Math.min(to, this.lineCount);
    for (let i = Math.max(0, from); i < end; i++) {
      const line = this.log.at(i) ?? this.screen.at(i - this.log.length)?.toLine();
      if (line) lines.push(line);
    }
    return lines;
  }

  /** All kept text without styles, lines joined by LF; a sentence stands where lines were dropped. */
  plain(): string {
    const text = this.lines().map((line) => line.spans.map((span) => span.text).join('') + omittedNote(line));
    if (this.omittedLines > 0) text.splice(this.omittedAt, 0, `… ${this.omittedLines} lines were not kept …`);
    return text.join('\n');
  }

  /** The output within about `maxChars` characters: a quarter of the beginning, the rest of the end. */
  toRecord(maxChars: number): OutputRecord {
    const count = this.lineCount;
    const hasGap = this.omittedLines > 0;
    const head = this.encodeWhile(0, hasGap ? this.omittedAt : count, 1, maxChars / 4);
    const tailStart = hasGap ? this.omittedAt : head.lines.length;
    const tail = this.encodeWhile(count - 1, tailStart - 1, -1, maxChars - head.chars).lines.reverse();
    return {
      head: joinLines(head.lines),
      omittedLines: this.omittedLines + count - head.lines.length - tail.length,
      tail: joinLines(tail),
    };
  }

  /** Lines from `from` towards (not including) `to`, encoded, as long as they fit. */
  private encodeWhile(
    from: number,
    to: number,
    step: 1 | -1,
    room: number,
  ): { lines: string[]; chars: number } {
    const lines: string[] = [];
    let chars = 0;
    for (let i = from; i !== to; i += step) {
      const [line] = this.lines(i, i + 1);
      const text = line ? encode(line) : '';
      if (chars + text.length + 1 > room) break;
      chars += text.length + 1;
      lines.push(text);
    }
    return { lines, chars };
  }

  private reader(stream: OutputStream): StreamReader {
    const known = this.readers.get(stream);
    if (known) return known;
    const reader = new StreamReader(this.screen);
    this.readers.set(stream, reader);
    return reader;
  }
}

/** Private modes that switch to a screen of its own (xterm's control sequences, "Alternate Screen Buffer"). */
const OWN_SCREEN = new Set([47, 1047, 1049]);
/** Characters kept of what a program writes on a screen of its own, should it never leave it. */
const HIDDEN_KEPT = 64 * 1024;

/** Decoder, escapes and style of one stream: stdout's half escape is not ended by stderr's text. */
class StreamReader {
  readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly parser: EscapeParser;
  isFullScreen = false;
  private style: Style | null = null;
  /** What was written on a screen of the program's own. */
  private hidden = '';

  constructor(screen: Screen) {
    const hide = (text: string): boolean => {
      if (this.isFullScreen) this.hidden = (this.hidden + text).slice(-HIDDEN_KEPT);
      return this.isFullScreen;
    };
    this.parser = new EscapeParser({
      text: (text) => {
        if (!hide(text)) screen.write(text, this.style);
      },
      control: (char) => {
        if (!hide(char)) screen.control(char, this.style);
      },
      csi: (final, parameters) => {
        if (this.isFullScreen) return;
        if (final === 'm') this.style = applySgr(this.style, parameters);
        else screen.csi(final, parameters);
      },
      mode: (number, on) => {
        if (!OWN_SCREEN.has(number)) return;
        this.isFullScreen = on;
        this.hidden = '';
      },
      escape: (final) => {
        if (!this.isFullScreen) screen.escape(final);
      },
    });
  }

  /** The program ended without leaving its screen. It must not be able to hide its output that way. */
  showHidden(): void {
    const { hidden } = this;
    this.isFullScreen = false;
    this.hidden = '';
    this.parser.push(hidden);
  }
}

function omittedNote(line: Line): string {
  return line.omitted === 0 ? '' : ` … ${line.omitted} more characters were not kept`;
}

function encode(line: Line): string {
  const spans = line.spans.map(({ text, style }) =>
    style === null ? text : `\x1b[${sgrOf(style)}m${text}\x1b[m`,
  );
  return spans.join('') + omittedNote(line);
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
