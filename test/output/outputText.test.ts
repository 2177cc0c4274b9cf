import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutputStream } from '../../src/output/line';
import { DEFAULT_LIMITS } from '../../src/output/lineLog';
import { OutputText } from '../../src/output/outputText';

const bytes = (text: string) => new TextEncoder().encode(text);
const shown = (text: string) => {
  const output = new OutputText();
  output.push(bytes(text));
  return output.plain();
};

describe('text', () => {
  it('becomes lines; a final line end opens no further line', () => {
    const output = new OutputText();
    output.push(bytes('a\n\nb\n'));
    expect(output.lineCount).toBe(3);
    expect(output.plain()).toBe('a\n\nb');
    output.push(bytes('c'));
    expect(output.lineCount).toBe(4);
  });

  it('is decoded across chunks; what is no UTF-8 becomes U+FFFD', () => {
    const output = new OutputText();
    for (const byte of bytes('é日🦊')) output.push(Uint8Array.of(byte));
    output.push(Uint8Array.of(0xff, 0x41, 0xe2, 0x82));
    output.end();
    expect(output.plain()).toBe('é日🦊\ufffdA\ufffd');
  });

  it('keeps tabs, so that copied text has them', () => {
    expect(shown('a\tb')).toBe('a\tb');
  });

  it('shows what would hide or turn text around', () => {
    expect(shown('a\u202eb\u200bc\ufeff')).toBe('a‹U+202E›b‹U+200B›c‹U+FEFF›');
    expect(shown('\u{e0041}')).toBe('‹U+E0041›');
  });
});

describe('a program that moves the cursor', () => {
  it.each([
    ['a progress bar with carriage returns', '10 %\r50 %\r100 %\n', '100 %'],
    ['a shorter text over a longer one', 'abcdef\rXY\n', 'XYcdef'],
    ['a line end after a carriage return', 'abc\r\n', 'abc'],
    ['carriage return and erase', 'downloading\r\x1b[Kdone\n', 'done'],
    ['erase to the start', 'abcd\b\b\x1b[1K\n', '   d'],
    ['erase the whole line', 'abcd\x1b[2K\rx\n', 'x'],
    ['backspaces of a spinner', 'wait |\b/\b-\bok', 'wait ok'],
    ['moving right leaves blanks', 'a\x1b[3Cb', 'a   b'],
    ['columns count from one', 'abc\x1b[2GX', 'aXc'],
    ['a tab moves without erasing', 'abcdefghij\r\tX', 'abcdefghXj'],
    ['tabs are eight columns when overwritten', 'a\tb\rxx', 'xx      b'],
    ['deleted characters', 'abcdef\r\x1b[2P', 'cdef'],
    [
      'lines rewritten from below',
      'a: wait\nb: wait\n\x1b[2Aa: done\x1b[K\n\x1b[1B\rend\n',
      'a: done\nb: wait\nend',
    ],
    ['erase below', 'a\nb\nc\x1b[2F\x1b[Jx', 'x'],
    ['clear', 'old\nolder\n\x1b[H\x1b[2J\x1b[3Jnew', 'new'],
    ['wide characters', '日本\rx', 'x本'],
  ])('%s', (_name, text, result) => {
    expect(shown(text)).toBe(result);
  });

  it('cannot move above the lines it can reach', () => {
    expect(shown('a\nb\x1b[999Ax\x1b[999By')).toBe('ax\nb y');
  });
});

describe('escape sequences', () => {
  it.each([
    ['title', '\x1b]0;title\x07'],
    ['clipboard', '\x1b]52;c;cHduZWQ=\x1b\\'],
    ['link', '\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\'],
    ['device control', '\x1bPq#0;2\x1b\\'],
    ['application command', '\x1b_Gf=100;AAAA\x1b\\'],
    ['private modes', '\x1b[?25l\x1b[?1049h\x1b[?1049l\x1b[>4;1m\x1b[?1049l'],
    ['queries', '\x1b[6n\x1b[c\x1b[>q'],
    ['window operations', '\x1b[8;24;80t'],
    ['character sets', '\x1b(B\x1b)0'],
    ['single escapes', '\x1b=\x1b>\x1b7\x1b8\x1bM'],
    ['intermediates', '\x1b[2 q\x1b[!p'],
    ['controls', '\x07\0\x7f\u009b'],
  ])('%s leave nothing behind', (_name, escape) => {
    expect(shown(`<${escape}>`)).toBe(_name === 'link' ? '<text>' : '<>');
  });

  it('that never end do not swallow the rest', () => {
    expect(shown('\x1b]0;title\nnext')).toBe('\nnext');
    expect(shown(`\x1b]0;${'x'.repeat(8192)}yes`)).toBe('xyes');
    expect(shown(`\x1b[${'1'.repeat(1000)}`)).toHaveLength(1000 - 257);
    expect(shown('\x1bP\x1b[1mtext')).toBe('text');
    expect(shown('a\x1b\nb')).toBe('a\nb');
  });
});

describe('styles', () => {
  const spans = (text: string) => {
    const output = new OutputText();
    output.push(bytes(text));
    return output.lines()[0]?.spans;
  };

  it.each([
    ['\x1b[31mx', { fg: 1 }],
    ['\x1b[97;101mx', { fg: 15, bg: 9 }],
    ['\x1b[38;5;208mx', { fg: 208 }],
    ['\x1b[38;2;255;0;16;1mx', { fg: '#ff0010', bold: true }],
    ['\x1b[48:2::1:2:3mx', { bg: '#010203' }],
    ['\x1b[38:5:9mx', { fg: 9 }],
    [
      '\x1b[1;2;3;4;7;9mx',
      { bold: true, dim: true, italic: true, underline: true, inverse: true, strike: true },
    ],
    ['\x1b[1;3m\x1b[22mx', { bold: false, italic: true }],
    ['\x1b[4:3mx', { underline: true }],
    ['\x1b[31;999mx', { fg: 1 }],
  ])('%j', (text, style) => {
    expect(spans(text)).toEqual([{ text: 'x', style: expect.objectContaining(style) as unknown }]);
  });

  it('end with a reset, and equal ones are the same object', () => {
    const [red, plain, again] = spans('\x1b[31ma\x1b[mb\x1b[0;31mc') ?? [];
    expect(plain).toEqual({ text: 'b', style: null });
    expect(again?.style).toBe(red?.style);
    expect(spans('\x1b[1m\x1b[22mx')).toEqual([{ text: 'x', style: null }]);
    expect(spans('\x1b[38;5;300mx\x1b[38;2;1my')).toEqual([{ text: 'xy', style: null }]);
  });

  it('stay on overwritten columns only', () => {
    expect(spans('\x1b[31mabc\x1b[m\rX')?.map((span) => span.text)).toEqual(['X', 'bc']);
  });
});

describe('bounds', () => {
  const small = { headLines: 3, tailLines: 4, headChars: 1000, tailChars: 1000, lineChars: 50 };
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}\n`).join('');

  it('keep the head and the tail of many lines and count the rest', () => {
    const output = new OutputText(small);
    output.push(bytes(numbered(2000)));
    expect(output.lineCount + output.omittedLines).toBe(2000);
    expect(output.omittedAt).toBe(3);
    expect(output.plain()).toMatch(
      /^line 0\nline 1\nline 2\n… \d+ lines were not kept …\nline 1\d\d\d\n[^]*line 1999$/,
    );
  });

  it('hold for one endless line', () => {
    const output = new OutputText(small);
    for (let i = 0; i < 100; i++) output.push(bytes('x'.repeat(1000)));
    expect(output.lines()).toMatchObject([{ omitted: 100_000 - 50 }]);
    output.push(bytes('\rnew'));
    expect(output.plain()).toContain('newx');
  });

  it('hold for long lines, by characters', () => {
    const output = new OutputText({ ...small, tailLines: 10_000, lineChars: 400 });
    for (let i = 0; i < 2000; i++) output.push(bytes(`${'y'.repeat(399)}\n`));
    expect(output.plain().length).toBeLessThan(1000 + 1000 + 320 * 400);
  });

  it('do not cut a character in two', () => {
    const output = new OutputText({ ...small, lineChars: 3 });
    output.push(bytes('🦊🦊🦊'));
    expect(output.lines()[0]?.spans).toEqual([{ text: '🦊', style: null }]);
  });

  it('a line that did not change stays the same object', () => {
    const output = new OutputText();
    output.push(bytes('a\nb'));
    const [first, second] = output.lines();
    output.push(bytes('c'));
    expect(output.lines()[0]).toBe(first);
    expect(output.lines()[1]).not.toBe(second);
    expect(second?.spans).toEqual([{ text: 'b', style: null }]);
  });
});

describe('separate streams', () => {
  it('are marked line by line and do not share lines, styles or half escapes', () => {
    const output = new OutputText();
    const say = (text: string, stream: OutputStream) => output.push(bytes(text), stream);
    say('out \x1b[3', 'stdout');
    say('err\n', 'stderr');
    say('1mred', 'stdout');
    expect(
      output.lines().map(({ stream, spans }) => [stream, spans.map((span) => span.text).join('')]),
    ).toEqual([
      ['stdout', 'out '],
      ['stderr', 'err'],
      ['stdout', 'red'],
    ]);
    expect(output.lines()[2]?.spans[0]?.style?.fg).toBe(1);
  });
});

describe('chunks', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\n',
      '\r',
      '\b',
      '\t',
      '\x1b',
      '[',
      ']',
      '0;',
      'm',
      'K',
      '\x07',
      'A',
      '2J',
      'é',
      '🦊',
      '\u202e',
      ';',
      '\x1b[31m',
      '\x1b]8;;x\x1b\\',
      '\x1b[2A',
      '\x1bP',
    ),
    fc.string({ maxLength: 4 }),
  );
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  it('cut anywhere give the same lines', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(200)), (whole, cuts) => {
        const all = bytes(whole);
        const once = new OutputText({ ...DEFAULT_LIMITS, headLines: 2, tailLines: 2, lineChars: 30 });
        once.push(all);
        const chunked = new OutputText({ ...DEFAULT_LIMITS, headLines: 2, tailLines: 2, lineChars: 30 });
        const ends = [...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        let from = 0;
        for (const end of ends) {
          chunked.push(all.subarray(from, end));
          from = end;
        }
        expect(chunked.lines()).toEqual(once.lines());
        expect(chunked.omittedLines).toBe(once.omittedLines);
      }),
      { numRuns: 2000 },
    );
  });

  it('never leave an escape or a control character in what is shown', () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect(shown(whole)).not.toMatch(/[^\P{Cc}\t\n]|\p{Cf}/u);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a record', () => {
  it('gives back text and styles', () => {
    const output = new OutputText();
    output.push(bytes('\x1b[1;38;2;1;2;3mbold\x1b[m plain\n\nlast'));
    const restored = OutputText.fromRecord(output.toRecord(10_000));
    expect(restored.lines()).toEqual(output.lines());
  });

  it('stays within its size, keeping head and tail and the count of what is missing', () => {
    const output = new OutputText({ ...DEFAULT_LIMITS, headLines: 100, tailLines: 200 });
    for (let i = 0; i < 1000; i++) output.push(bytes(`line ${i}\n`));
    const record = output.toRecord(1000);
    expect(record.head.length + record.tail.length).toBeLessThanOrEqual(1000);
    const restored = OutputText.fromRecord(record);
    expect(restored.lineCount + restored.omittedLines).toBe(1000);
    expect(restored.plain()).toMatch(/^line 0\nline 1\n[^]*… \d+ lines were not kept …\n[^]*line 999$/);
    expect(restored.lines(restored.omittedAt - 1, restored.omittedAt)).toHaveLength(1);
  });
});
