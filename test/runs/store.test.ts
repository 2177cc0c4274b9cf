import { expect, it } from 'vitest';
import { OutputText } from '../../src/output/outputText';
import type { RunSnapshot } from '../../src/runs/snapshot';
import { RunStore } from '../../src/runs/store';

const run = (exitStatus: number): RunSnapshot => ({
  status: 'done',
  exitStatus,
  signal: null,
  durationMs: 1,
  startedAt: 1,
  where: null,
  host: 'lab',
  problem: null,
  output: new OutputText(),
  sourceFingerprint: '',
});
const put = (store: RunStore, note: string, cell: string, exitStatus: number) =>
  store.update(store.entry(note, cell), run(exitStatus));

it('listeners hear of their cell or their note until they stop', () => {
  const store = new RunStore();
  const seen: string[] = [];
  const stopCell = store.subscribe('n', 'a', () => seen.push('cell a'));
  const stopNote = store.subscribeNote('n', (cell) => seen.push(`note ${cell}`));
  put(store, 'n', 'a', 0);
  put(store, 'n', 'b', 0);
  put(store, 'other', 'a', 0);
  stopCell();
  stopNote();
  store.clear('n', 'a');
  expect(seen).toEqual(['cell a', 'note a', 'note b']);
  expect(store.get('n', 'a')).toBeNull();
  expect(store.cells('n')).toEqual(['b']);
});

it('a rename takes runs and listeners along, also those that stop afterwards', () => {
  const store = new RunStore();
  const seen: string[] = [];
  const stop = store.subscribeNote('old', (cell) => seen.push(cell));
  put(store, 'old', 'a', 1);
  put(store, 'new', 'gone', 2);
  store.rename('old', 'new');
  put(store, 'new', 'b', 3);
  expect([store.get('new', 'a')?.exitStatus, store.get('new', 'gone'), store.cells('old')]).toEqual([
    1,
    null,
    [],
  ]);
  stop();
  put(store, 'new', 'c', 4);
  expect(seen).toEqual(['a', 'b']);
});

it('a cell with a new id keeps its run, also when ids are swapped', () => {
  const store = new RunStore();
  put(store, 'n', 'a', 1);
  put(store, 'n', 'b', 2);
  const place = store.entry('n', 'a');
  const seen: string[] = [];
  store.subscribeNote('n', (cell) => seen.push(cell));
  store.rekey(
    'n',
    new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  );
  expect([store.get('n', 'a')?.exitStatus, store.get('n', 'b')?.exitStatus]).toEqual([2, 1]);
  expect(place.cell).toBe('b');
  expect(new Set(seen)).toEqual(new Set(['a', 'b']));
});

it('a listener may stop listening while it is told', () => {
  const store = new RunStore();
  let calls = 0;
  const stop = store.subscribeNote('n', () => {
    calls++;
    stop();
  });
  put(store, 'n', 'a', 1);
  put(store, 'n', 'a', 2);
  expect(calls).toBe(1);
});

it('clearing a note clears all its cells', () => {
  const store = new RunStore();
  put(store, 'n', 'a', 1);
  put(store, 'n', 'b', 2);
  store.clearNote('n');
  expect(store.cells('n')).toEqual([]);
});

it('a run whose cell was removed writes nothing into the cell that has its id now', () => {
  const store = new RunStore();
  put(store, 'n', 'a', 1);
  put(store, 'n', 'a-2', 2);
  const removed = store.entry('n', 'a');
  store.rekey('n', new Map([['a-2', 'a']]));
  store.update(removed, run(9));
  expect([store.get('n', 'a')?.exitStatus, store.get('n', 'a-2')]).toEqual([2, null]);
});

it('a note that is gone leaves nothing', () => {
  const store = new RunStore();
  put(store, 'n', 'a', 1);
  store.forget('n');
  expect(store.entries()).toEqual([]);
});
