import { codePointMark } from '../base/visible';

/** What the parser finds in a stream of characters. Everything else of the stream is dropped. */
export interface EscapeSink {
  /** Printable characters; never empty. */
  text(text: string): void;
  /** One of `\n \r \b \t`. */
  control(char: string): void;
  /** A control sequence `CSI parameters final`, without private marks and intermediates. */
  csi(final: string, parameters: string): void;
  /** `CSI ? number h` (on) or `l` (off): a private mode of DEC's terminals. */
  mode?(number: number, on: boolean): void;
  /** `ESC final` without anything between: `7` and `8` save and restore the cursor, `M` moves it up. */
  escape?(final: string): void;
}

/** Control characters, and those that change the reading order of text or cannot be seen. */
const SPECIAL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Longest control sequence, title or link we wait for the end of (characters). */
const CSI_LIMIT = 256;
const OSC_LIMIT = 8192;
/** Images travel in device control strings. */
const DCS_LIMIT = 1 << 20;

type State = 'ground' | 'escape' | 'csi' | 'private-csi' | 'ignore-csi' | 'osc' | 'string' | 'charset';

/**
 * Finds text, simple control characters and control sequences (ECMA-48); drops all other escapes by an allow-list:
 * titles, links, clipboard writes (OSC), device control strings, character sets, queries. A sequence may be split over
 * any number of calls. One that never ends stops being waited for after a limit, at a line end (OSC) or at the next
 * escape, so that output cannot vanish for good.
 *
 * Characters that hide or turn around what one reads are shown by their code point: `‹U+202E›`.
 */
export class EscapeParser {
  private state: State = 'ground';
  /** Parameters of a control sequence so far. */
  private collected = '';
  /** Characters of an OSC or device control string so far. */
  private swallowed = 0;
  private swallowLimit = 0;

  constructor(private readonly sink: EscapeSink) {}

  push(text: string): void {
    let at = 0;
    while (at < text.length) {
      at = this.state === 'ground' ? this.ground(text, at) : this.inEscape(text, at);
    }
  }

  private ground(text: string, at: number): number {
    const special = nextSpecial(text, at);
    if (special > at) this.sink.text(text.slice(at, special));
    if (special === text.length) return special;
    const char = String.fromCodePoint(text.codePointAt(special) ?? 0);
    if (char === '\x1b') this.state = 'escape';
    else if (char === '\n' || char === '\r' || char === '\t' || char === '\b') this.sink.control(char);
    else if (char > '\x9f') this.sink.text(codePointMark(char));
    return special + char.length;
  }

  private inEscape(text: string, at: number): number {
    const char = text[at] ?? '';
    // These end any escape, as in every terminal (ECMA-35, DEC STD 070).
    if (char === '\x18' || char === '\x1a') {
      this.state = 'ground';
      return at + 1;
    }
    if (char === '\x1b') {
      this.state = 'escape';
      return at + 1;
    }
    switch (this.state) {
      case 'escape':
        return this.afterEscape(char, at);
      case 'csi':
      case 'private-csi':
      case 'ignore-csi':
        return this.inCsi(char, at);
      case 'charset':
        this.state = 'ground';
        return at + 1;
      case 'osc':
      case 'string':
        return this.inString(char, at);
      case 'ground':
        return at;
    }
  }

  private afterEscape(char: string, at: number): number {
    this.collected = '';
    this.swallowed = 0;
    if (char === '[') this.state = 'csi';
    else if (char === ']') this.enterString('osc', OSC_LIMIT);
    else if (char === 'P' || char === 'X' || char === '^' || char === '_')
      this.enterString('string', DCS_LIMIT);
    else if (char >= ' ' && char <= '/') this.state = 'charset';
    else {
      this.state = 'ground';
      // A line end is no part of an escape; it must not be lost.
      if (char < ' ') return at;
      this.sink.escape?.(char);
    }
    return at + 1;
  }

  private enterString(state: 'osc' | 'string', limit: number): void {
    this.state = state;
    this.swallowLimit = limit;
  }

  private inCsi(char: string, at: number): number {
    if (char >= '0' && char <= ';') {
      this.collected += char;
      // Too long to mean anything: what follows is text again.
      if (this.collected.length > CSI_LIMIT) this.state = 'ground';
    } else if (char >= '@' && char <= '~') {
      if (this.state === 'csi') this.sink.csi(char, this.collected);
      else if (this.state === 'private-csi') this.setModes(char);
      this.state = 'ground';
    } else if (char === '?' && this.state === 'csi' && this.collected === '') {
      this.state = 'private-csi';
    } else if (char >= ' ' && char <= '?') {
      this.state = 'ignore-csi'; // a private mark or an intermediate: not one of ours
    } else if (char < ' ') {
      // Terminals act on control characters inside a sequence.
      if (char === '\n' || char === '\r' || char === '\t' || char === '\b') this.sink.control(char);
    } else {
      this.state = 'ground';
      return at;
    }
    return at + 1;
  }

  private setModes(final: string): void {
    if (final !== 'h' && final !== 'l') return;
    for (const number of this.collected.split(';')) this.sink.mode?.(Number(number), final === 'h');
  }

  private inString(char: string, at: number): number {
    if (char === '\x07' && this.state === 'osc') {
      this.state = 'ground';
      return at + 1;
    }
    // No title, link or clipboard text has a line end: this one was never closed.
    if (char === '\n' && this.state === 'osc') {
      this.state = 'ground';
      return at;
    }
    if (++this.swallowed > this.swallowLimit) this.state = 'ground';
    return at + 1;
  }
}

/** Where the next special character stands, or the length of the text. Plain ASCII is passed without the regex. */
function nextSpecial(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f) continue;
    if (code < 0x20) return at;
    SPECIAL.lastIndex = at;
    return SPECIAL.exec(text)?.index ?? text.length;
  }
  return text.length;
}
