import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerminalFilter } from '../../src/output/terminalFilter';

const bytes = (text: string) => new TextEncoder().encode(text);
const filtered = (text: string, colours = true): string => new TerminalFilter(colours).push(bytes(text));

describe('S9: Output in the user’s own terminal', () => {
  it('keeps its colours and its movements on its own lines', () => {
    for (const text of [
      '\x1b[31mred\x1b[m',
      '10%\r20%',
      'a\b\x1b[K',
      'a\x1b[3D\x1b[2Pb\x1b[5G\x1b[C',
      'x\x1b[J',
      'x\x1b[0J',
    ]) {
      expect(filtered(text)).toBe(text);
    }
  });

  it('drops what reaches further', () => {
    const far = [
      '\x1b]52;c;eA==\x07',
      '\x1b]0;title\x07',
      '\x1b]7;file://x\x1b\\',
      '\x1bP+q544e\x1b\\',
      '\x1b_x\x1b\\',
    ];
    const queries = [
      '\x1b[c',
      '\x1b[6n',
      '\x1b[5n',
      '\x1b[?1049h',
      '\x1b[18t',
      '\x1b[3;0;0t',
      '\x1b[?2004h',
      '\x1bc',
      '\x1b[!p',
    ];
    const screen = [
      '\x1b[2J',
      '\x1b[3J',
      '\x1b[1J',
      '\x1b[H',
      '\x1b[1;1f',
      '\x1b[1;5r',
      '\x1b[5S',
      '\x1b[s',
      '\x1b[u',
      '\x1b[1i',
    ];
    for (const sequence of [...far, ...queries, ...screen]) expect(filtered(`a${sequence}b`)).toBe('ab');
  });

  it('climbs no higher than where it began, so that it cannot write over what Labpath said', () => {
    expect(filtered('\x1b[A✓ forged')).toBe('✓ forged');
    expect(filtered('1\n2\n\x1b[99Ax')).toBe('1\n2\n\x1b[2Ax');
    expect(filtered('1\n\x1b[A\x1b[A\x1b[9Bx')).toBe('1\n\x1b[1A\x1b[1Bx');
    expect(filtered('1\n\x1b[F\x1b[F')).toBe('1\n\x1b[1F');
  });

  it('keeps escapes apart that come in pieces', () => {
    const filter = new TerminalFilter(true);
    expect(
      filter.push(bytes('\x1b]0;t')) + filter.push(bytes('itle\x07\x1b[3')) + filter.push(bytes('1mx')),
    ).toBe('\x1b[31mx');
  });

  it('has no colours where they are not wanted', () => {
    expect(filtered('\x1b[31mred\x1b[m\n', false)).toBe('red\n');
  });

  it('never holds another escape or control character than those allowed, whatever a program writes', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\x1b',
        '[',
        ']',
        '8;;',
        'http://a',
        '\x07',
        '\\',
        '\n',
        '\r',
        'P',
        '2J',
        'A',
        '9',
        ';',
        '?',
        '\x9b',
        '\x90',
        '\u202e',
        'm',
      ),
      fc.nat(0x2fff).map((code) => String.fromCharCode(code)),
    );
    const allowed = new RegExp(`${String.fromCharCode(27)}\\[(?:[\\d;:]*[mCDGKP]|0?J|[1-9]\\d*[ABEF])`, 'g');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const shown = filtered(pieces.join(''));
        const rest = shown.replace(allowed, '').replace(/[\n\r\t\b]/g, '');
        expect(rest).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u);
      }),
      { numRuns: 300 },
    );
  });
});
