import { EscapeParser } from './escapes';

/** Control sequences that only move, erase and colour. */
const HARMLESS = /^[mABCDEFGKJP]$/;

/**
 * Output of a program as it may be shown in the user's own terminal: colours and cursor movement pass, everything that
 * reaches further (titles, clipboard, queries, other screens) is dropped.
 */
export class TerminalFilter {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly parser: EscapeParser;
  private passed = '';

  constructor(colours: boolean) {
    this.parser = new EscapeParser({
      text: (text) => (this.passed += text),
      control: (char) => (this.passed += char),
      csi: (final, parameters) => {
        if (HARMLESS.test(final) && (colours || final !== 'm')) this.passed += `\x1b[${parameters}${final}`;
      },
    });
  }

  push(bytes: Uint8Array): string {
    this.parser.push(this.decoder.decode(bytes, { stream: true }));
    const passed = this.passed;
    this.passed = '';
    return passed;
  }
}
