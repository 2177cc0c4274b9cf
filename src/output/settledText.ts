import { EditableLine } from './editableLine';
import { EscapeParser } from './escapes';
import { applySgr, sgrOf, type Style } from './style';

/** Characters kept of one line: what a progress bar writes without ever ending its line is bounded so. */
const LINE_CHARS = 1_000_000;

/**
 * Output of a program for a file or another program: each line as it stood when the program left it, so that of a
 * progress bar its last state remains. Lines that are finished are not rewritten any more, since they are gone by then.
 */
export class SettledText {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly parser: EscapeParser;
  private line = freshLine();
  private style: Style | null = null;
  private settled = '';

  constructor(private readonly colours: boolean) {
    this.parser = new EscapeParser({
      text: (text) => this.line.write(text, this.style),
      control: (char) => this.control(char),
      csi: (final, parameters) => this.csi(final, parameters),
    });
  }

  /** The lines that were finished since. */
  push(bytes: Uint8Array): string {
    this.parser.push(this.decoder.decode(bytes, { stream: true }));
    return this.take();
  }

  /** The last line, once the program has ended. */
  end(): string {
    this.parser.push(this.decoder.decode());
    if (!this.line.isEmpty) this.settle('');
    return this.take();
  }

  private control(char: string): void {
    if (char === '\n') this.settle('\n');
    else if (char === '\r') this.line.moveTo(0);
    else if (char === '\t') this.line.tab(this.style);
    else if (char === '\b') this.line.moveBy(-1);
  }

  /** What changes the line itself; movements to other lines cannot be followed. */
  private csi(final: string, parameters: string): void {
    const first = Number.parseInt(parameters, 10);
    const count = Number.isNaN(first) ? 1 : Math.max(1, first);
    const which = Number.isNaN(first) ? 0 : first;
    if (final === 'm') this.style = applySgr(this.style, parameters);
    else if (final === 'C') this.line.moveBy(count);
    else if (final === 'D') this.line.moveBy(-count);
    else if (final === 'G') this.line.moveTo(count - 1);
    else if (final === 'K') this.line.erase(which);
    else if (final === 'P') this.line.deleteColumns(count);
  }

  private settle(end: string): void {
    const { spans, omitted } = this.line.toLine();
    for (const { text, style } of spans) {
      this.settled += style === null || !this.colours ? text : `\x1b[${sgrOf(style)}m${text}\x1b[m`;
    }
    if (omitted > 0) this.settled += ` … ${omitted} more characters were not kept`;
    this.settled += end;
    this.line = freshLine();
  }

  private take(): string {
    const { settled } = this;
    this.settled = '';
    return settled;
  }
}

function freshLine(): EditableLine {
  return new EditableLine('terminal', LINE_CHARS);
}
