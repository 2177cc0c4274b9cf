import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, latin1Bytes, latin1Text } from '../../src/session/bytes';
import { NewlineFolder } from '../../src/session/newlines';
import { MarkerScanner } from '../../src/session/scanner';

type Seen = { data: string } | { marker: string };

/** What comes out when the stream arrives in these chunks; neighbouring data is joined. */
function scan(chunks: readonly Uint8Array[]): Seen[] {
  const seen: Seen[] = [];
  const scanner = new MarkerScanner({
    data: (bytes) => {
      const last = seen.at(-1);
      if (last !== undefined && 'data' in last) last.data += latin1Text(bytes);
      else seen.push({ data: latin1Text(bytes) });
    },
    marker: (body) => {
      if (!body.startsWith('true;')) return false;
      seen.push({ marker: body });
      return true;
    },
  });
  for (const chunk of chunks) scanner.push(chunk);
  scanner.end();
  return seen;
}

/** The bytes, cut behind these lengths, over and over. */
function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

const piece = fc.oneof(
  fc.constantFrom(
    '\x1b]8471;true;1\x07',
    '\x1b]8471;forged\x07',
    '\x1b]8471;open',
    '\x1b]84',
    '\x1b',
    '\x07',
    '\r',
    '\r\n',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
);
const stream = fc.array(piece, { maxLength: 12 }).map((pieces) => latin1Bytes(pieces.join('')));
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe('The marker scanner', () => {
  test('reports the same, however the stream is cut', () => {
    fc.assert(
      fc.property(stream, lengths, (bytes, sizes) => {
        expect(scan(cut(bytes, sizes))).toEqual(scan([bytes]));
      }),
      { numRuns: 3000 },
    );
  });

  test('loses no byte: data and markers together are the stream', () => {
    fc.assert(
      fc.property(stream, lengths, (bytes, sizes) => {
        const text = scan(cut(bytes, sizes)).map((seen) =>
          'data' in seen ? seen.data : `\x1b]8471;${seen.marker}\x07`,
        );
        expect(text.join('')).toBe(latin1Text(bytes));
      }),
    );
  });

  test('finds a true marker behind a forged one that never ends', () => {
    expect(scan([latin1Bytes('a\x1b]8471;forged\x1b]8471;true;1\x07b')])).toEqual([
      { data: 'a\x1b]8471;forged' },
      { marker: 'true;1' },
      { data: 'b' },
    ]);
  });

  test('gives up a marker without an end after 16 KiB', () => {
    const seen: string[] = [];
    const scanner = new MarkerScanner({ data: (bytes) => seen.push(latin1Text(bytes)), marker: () => false });
    scanner.push(latin1Bytes(`\x1b]8471;${'x'.repeat(17_000)}`));
    expect(seen.join('')).toHaveLength(17_007);
  });

  test('holds nothing back but what may become a marker', () => {
    const seen: string[] = [];
    const scanner = new MarkerScanner({ data: (bytes) => seen.push(latin1Text(bytes)), marker: () => false });
    scanner.push(latin1Bytes('prompt> \x1b[0m'));
    expect(seen.join('')).toBe('prompt> \x1b[0m');
    scanner.push(latin1Bytes('x\x1b]84'));
    expect(seen.join('')).toBe('prompt> \x1b[0mx');
  });
});

describe('The newline folder', () => {
  const fold = (chunks: readonly Uint8Array[]): string => {
    const folder = new NewlineFolder();
    const folded = chunks.map((chunk) => folder.fold(chunk));
    return latin1Text(concat([...folded, folder.end()]));
  };

  test('gives back what was written before the terminal turned LF into CR LF, however the stream is cut', () => {
    const written = fc
      .array(fc.constantFrom('\r', '\n', '\r\n', 'a', 'bc'), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(written, lengths, (text, sizes) => {
        const sent = latin1Bytes(text.replaceAll('\n', '\r\n'));
        expect(fold(cut(sent, sizes))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('holds back a CR at the end of a chunk until it knows', () => {
    const folder = new NewlineFolder();
    expect(latin1Text(folder.fold(latin1Bytes('50%\r')))).toBe('50%');
    expect(latin1Text(folder.fold(latin1Bytes('60%')))).toBe('\r60%');
  });
});
