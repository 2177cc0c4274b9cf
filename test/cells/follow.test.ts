import { describe, expect, it } from 'vitest';
import { followCells, type ScannedNote } from '../../src/cells/follow';
import { scanCells } from '../../src/cells/scan';

const scanned = (text: string): ScannedNote => ({ text, cells: scanCells(text) });
const note = (...sources: string[]) =>
  scanned(sources.map((source) => '```bash\n' + source + '\n```\n').join(''));
const ids = (...sources: string[]) => note(...sources).cells.map((cell) => cell.id);
const moved = (before: ScannedNote, after: ScannedNote) => [...followCells(before, after)];

describe('a cell is followed to its new id', () => {
  it('when its code is edited, while one that only moved needs no following', () => {
    const [, edited] = ids('a', 'b', 'c');
    expect(moved(note('a', 'b', 'c'), note('c', 'a', 'b2'))).toEqual([[edited, ids('b2')[0]]]);
  });

  it('when the first of several that look the same is removed', () => {
    const [first, second, third] = ids('a', 'a', 'a');
    expect(moved(note('a', 'a', 'a'), note('a', 'a'))).toEqual([]);
    expect(moved(note('x', 'a', 'a', 'y'), note('x', 'a', 'y'))).toEqual([]);
    const before = scanned('one\n' + note('a', 'a', 'a').text);
    const after = scanned('two\n' + note('a', 'a').text);
    expect(moved(before, after)).toEqual([
      [second, first],
      [third, second],
    ]);
  });

  it('when one that looks the same is written above it', () => {
    const [first, second] = ids('a', 'a');
    const before = scanned('# Lab\n\ntext\n\n' + note('a').text);
    const after = scanned('# Lab\n\n```bash\na\n```\n\ntext\n\n' + note('a').text);
    expect(moved(before, after)).toEqual([[first, second]]);
  });

  it('when the line ends of the note change from CRLF to LF', () => {
    const text = 'above\n' + note('a', 'b').text;
    expect(moved(scanned(text.replaceAll('\n', '\r\n')), scanned(text))).toEqual([]);
  });
});

it('nothing is guessed when cells came or went', () => {
  expect(moved(note('a', 'b'), note('a2'))).toEqual([]);
  expect(moved(note('a'), note('a', 'b'))).toEqual([]);
});
