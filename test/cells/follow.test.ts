import { expect, it } from 'vitest';
import { followCells } from '../../src/cells/follow';
import { scanCells } from '../../src/cells/scan';

const cells = (...sources: string[]) =>
  scanCells(sources.map((source) => '```bash\n' + source + '\n```\n').join(''));
const ids = (...sources: string[]) => cells(...sources).map((cell) => cell.id);

it('an edited cell is followed to its new id, and a moved one needs no following', () => {
  const [, edited] = ids('a', 'b', 'c');
  expect([...followCells(cells('a', 'b', 'c'), cells('c', 'a', 'b2'))]).toEqual([[edited, ids('b2')[0]]]);
});

it('nothing is guessed when cells came or went', () => {
  expect(followCells(cells('a', 'b'), cells('a2')).size).toBe(0);
  expect(followCells(cells('a'), cells('a', 'b')).size).toBe(0);
});
