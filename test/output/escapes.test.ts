import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EscapeParser } from '../../src/output/escapes';

/** What the parser makes of a text that comes in pieces: text as it is, controls and sequences in brackets. */
function parsed(...pieces: readonly string[]): string {
  let seen = '';
  const parser = new EscapeParser({
    text: (text) => (seen += text),
    control: (char) => (seen += `[${JSON.stringify(char)}]`),
    csi: (final, parameters) => (seen += `[CSI ${parameters}${final}]`),
  });
  for (const piece of pieces) parser.push(piece);
  return seen;
}

const link = (target: string, text: string, end = '\x1b\\'): string =>
  `\x1b]8;;${target}${end}${text}\x1b]8;;${end}`;

describe('S9: A link in the output', () => {
  it('to the web is shown as its text and where it leads', () => {
    expect(parsed(`see ${link('https://evil.example/x', 'your bank')}!`)).toBe(
      'see your bank <https://evil.example/x>!',
    );
    expect(parsed(link('http://a.example', 'a', '\x07'))).toBe('a <http://a.example>');
  });

  it('whose text is its target is shown once', () => {
    expect(parsed(link('https://a.example/', 'https://a.example/'))).toBe('https://a.example/');
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'obsidian://open?vault=x',
    'data:text/html,x',
    'https://a b',
    'http://\u202eb',
  ])('to %j is only its text', (target) => {
    expect(parsed(link(target, 'text'))).toBe('text');
  });

  it('that is followed by another one without an end shows both targets', () => {
    expect(parsed('\x1b]8;;http://a\x07one\x1b]8;id=1;http://b\x07two\x1b]8;;\x07')).toBe(
      'one <http://a>two <http://b>',
    );
  });
});

describe('S9: The interpreter of escapes', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\x1b',
      '[',
      ']',
      '8;;',
      'http://a',
      '\x07',
      '\x1b\\',
      '\n',
      '\r',
      'P',
      '_',
      '31m',
      ';',
      '?',
      '\x18',
      '\x9d',
      '\u{e0041}',
    ),
    fc.string({ maxLength: 6 }),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  it('says the same however the text is cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(60), { maxLength: 6 }), (whole, cuts) => {
        const at = [...new Set([0, ...cuts.filter((cut) => cut < whole.length), whole.length])].sort(
          (a, b) => a - b,
        );
        const pieces = at.slice(1).map((end, index) => whole.slice(at[index], end));
        // A cut through a pair of surrogates is the decoder's affair, not the parser's.
        fc.pre(pieces.every((each) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(each)));
        expect(parsed(...pieces)).toBe(parsed(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('finds the text again behind any beginning, once a line and an escape have ended', () => {
    fc.assert(
      fc.property(text, (before) => {
        expect(parsed(`${before}\x18\x1b]8;;\x07the end`).endsWith('the end')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
