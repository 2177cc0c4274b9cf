import { EscapeParser } from './escapes';

/**
 * Output of a program as it may be shown in the user's own terminal: colours, and movements that stay on the lines the
 * program has written since it began. Everything that reaches further (titles, clipboard, queries, other screens, lines
 * above) is dropped, so that no output can pass for what Labpath itself has said.
 */
export class TerminalFilter {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly parser: EscapeParser;
  private passed = '';
  /** Lines below the first one of this output. Long lines wrap, so there are at least so many. */
  private row = 0;
  private lastRow = 0;

  constructor(private readonly colours: boolean) {
    this.parser = new EscapeParser({
      text: (text) => (this.passed += text),
      control: (char) => this.control(char),
      csi: (final, parameters) => this.csi(final, parameters),
    });
  }

  push(bytes: Uint8Array): string {
    this.parser.push(this.decoder.decode(bytes, { stream: true }));
    const passed = this.passed;
    this.passed = '';
    return passed;
  }

  /** What is left once the program has ended. */
  end(): string {
    return this.decoder.decode();
  }

  private control(char: string): void {
    if (char === '\n') this.row++;
    this.lastRow = Math.max(this.lastRow, this.row);
    this.passed += char;
  }

  private csi(final: string, parameters: string): void {
    const count = Math.max(1, Number.parseInt(parameters, 10) || 0);
    switch (final) {
      case 'm':
        if (this.colours) this.pass(final, parameters);
        return;
      case 'C':
      case 'D':
      case 'G':
      case 'K':
      case 'P':
        this.pass(final, parameters);
        return;
      case 'J':
        // Only what stands below: the rest is not this program's.
        if (/^0?$/.test(parameters)) this.pass(final, parameters);
        return;
      case 'A':
      case 'F':
        this.move(final, Math.min(count, this.row), -1);
        return;
      case 'B':
      case 'E':
        this.move(final, Math.min(count, this.lastRow - this.row), 1);
        return;
      default:
    }
  }

  private move(final: string, rows: number, direction: 1 | -1): void {
    if (rows === 0) return;
    this.row += rows * direction;
    this.pass(final, String(rows));
  }

  private pass(final: string, parameters: string): void {
    this.passed += `\x1b[${parameters}${final}`;
  }
}
