import type { TAbstractFile, TFile } from 'obsidian';
import { beforeEach, describe, expect, it } from 'vitest';
import { NoteMoves } from '../../src/views/noteMoves';

const file = (path: string) => ({ path, extension: 'md' }) as TFile;
const abstract = (path: string): TAbstractFile => file(path);

let told: string[];
let timers: (() => void)[];
let texts: Record<string, string>;
let moves: NoteMoves;

beforeEach(() => {
  told = [];
  timers = [];
  texts = {};
  moves = new NoteMoves({
    vault: { getFileByPath: file, cachedRead: ({ path }) => Promise.resolve(texts[path] ?? '') },
    lastText: (path) => (path.startsWith('seen') ? 'the text\n' : null),
    moved: (from, to) => told.push(`${from} is ${to}`),
    removed: (path) => told.push(`${path} is gone`),
    setTimer: (_ms, fire) => {
      timers.push(fire);
      return () => (timers = timers.filter((each) => each !== fire));
    },
  });
});

describe('a file that goes and another that comes', () => {
  it('are one note when the texts are, in either order, whatever the line ends', async () => {
    texts = { 'new.md': 'the text\r\n', 'newer.md': 'the text\n' };
    moves.onDelete(abstract('seen.md'));
    await moves.onCreate(abstract('new.md'));
    await moves.onCreate(abstract('newer.md'));
    moves.onDelete(abstract('seen too.md'));
    expect(told).toEqual(['seen.md is new.md', 'seen too.md is newer.md']);
    expect(timers).toEqual([]);
  });

  it('are two notes when the texts differ, or nobody saw the first', async () => {
    texts = { 'other.md': 'another text' };
    moves.onDelete(abstract('seen.md'));
    moves.onDelete(abstract('unseen.md'));
    await moves.onCreate(abstract('other.md'));
    for (const fire of [...timers]) fire();
    expect(told).toEqual(['seen.md is gone', 'unseen.md is gone']);
  });

  it('are the same file when a program replaced it', async () => {
    moves.onDelete(abstract('seen.md'));
    await moves.onCreate(abstract('seen.md'));
    expect([told, timers]).toEqual([[], []]);
  });
});

it('a rename by the app is taken at its word', () => {
  moves.onRename(abstract('b.md'), 'a.md');
  expect(told).toEqual(['a.md is b.md']);
});
