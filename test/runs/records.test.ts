import { describe, expect, it } from 'vitest';
import { OutputText } from '../../src/output/outputText';
import { RECORD_LIMITS, restoreRuns, saveRuns, type RecordStorage } from '../../src/runs/records';
import type { RunSnapshot } from '../../src/runs/snapshot';
import { RunStore } from '../../src/runs/store';
import { maskKnown } from '../../src/trust/secretText';

class Shelf implements RecordStorage {
  constructor(public text: string | null = null) {}
  load() {
    return Promise.resolve(this.text);
  }
  save(text: string) {
    this.text = text;
    return Promise.resolve();
  }
}

const run = (text: string, change: Partial<RunSnapshot> = {}): RunSnapshot => {
  const output = new OutputText();
  output.push(new TextEncoder().encode(text));
  return {
    status: 'done',
    exitStatus: 0,
    signal: null,
    durationMs: 12,
    startedAt: 1000,
    where: { user: 'root', host: 'lab', cwd: '/', netns: 'red' },
    host: 'lab',
    problem: null,
    output,
    sourceFingerprint: 'f',
    ...change,
  };
};
const storeOf = (runs: Record<string, RunSnapshot>) => {
  const store = new RunStore();
  for (const [cell, snapshot] of Object.entries(runs)) store.update(store.entry('n.md', cell), snapshot);
  return store;
};
const afterRestart = async (before: RunStore, shelf = new Shelf()) => {
  await saveRuns(before, shelf);
  const after = new RunStore();
  expect(await restoreRuns(after, shelf)).toBeNull();
  return after;
};

describe('records', () => {
  it('S16: hold no secret that the mask knows, and stay readable whatever it looks like', async () => {
    const shelf = new Shelf();
    const secrets = ['n"quoted\\', 'next'];
    const before = storeOf({ a: run('it is n"quoted\\\nnext') });
    await saveRuns(before, shelf, RECORD_LIMITS, (text) => maskKnown(text, secrets));
    const after = new RunStore();
    expect(await restoreRuns(after, shelf)).toBeNull();
    expect(after.get('n.md', 'a')?.output.plain()).toBe('it is ••••\n••••');
  });

  it('keep their place where a secret is a word like any other', async () => {
    const shelf = new Shelf();
    const before = storeOf({ a: run('the word is done, n.md') });
    await saveRuns(before, shelf, RECORD_LIMITS, (text) => maskKnown(text, ['done', 'n.md']));
    const after = new RunStore();
    expect(await restoreRuns(after, shelf)).toBeNull();
    expect(after.get('n.md', 'a')).toMatchObject({ status: 'done' });
    expect(after.get('n.md', 'a')?.output.plain()).toBe('the word is ••••, ••••');
  });

  it('bring back status, place and coloured output', async () => {
    const before = run('\x1b[31mred\x1b[m\ntext\n', { status: 'failed', exitStatus: 3, signal: 'TERM' });
    const after = (await afterRestart(storeOf({ a: before }))).get('n.md', 'a');
    expect({ ...after, output: null }).toEqual({ ...before, output: null });
    expect(after?.output.lines()).toEqual(before.output.lines());
  });

  it('say of a run that was not over that nobody knows how it ended', async () => {
    const after = await afterRestart(
      storeOf({
        a: run('half', { status: 'running', exitStatus: null }),
        b: run('', { status: 'queued', startedAt: null }),
      }),
    );
    expect(after.get('n.md', 'a')).toMatchObject({
      status: 'lost',
      problem: {
        what: 'Obsidian was closed, or Labpath switched off, while this ran.',
        why: 'The command may have finished.',
      },
    });
    expect(after.get('n.md', 'b')).toBeNull();
  });

  it('do not replace a run that is newer', async () => {
    const shelf = new Shelf();
    await saveRuns(storeOf({ a: run('old') }), shelf);
    const store = storeOf({ a: run('new') });
    await restoreRuns(store, shelf);
    expect(store.get('n.md', 'a')?.output.plain()).toBe('new');
  });

  it('are bounded: each output, and all together, dropping the oldest', async () => {
    const big = `${'x'.repeat(99)}\n`.repeat(2000);
    const runs = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`c${i}`, run(big, { startedAt: i + 1 })] as const),
    );
    const shelf = new Shelf();
    await saveRuns(storeOf(runs), shelf);
    expect(shelf.text?.length).toBeLessThanOrEqual(RECORD_LIMITS.total + 100);
    const after = new RunStore();
    await restoreRuns(after, shelf);
    expect(after.get('n.md', 'c59')?.output.omittedLines).toBeGreaterThan(1000);
    expect(after.get('n.md', 'c0')).toBeNull();
    expect(after.cells('n.md').length).toBeGreaterThan(5);
  });

  it.each([null, ''])('none yet is no problem (%j)', async (text) => {
    expect(await restoreRuns(new RunStore(), new Shelf(text))).toBeNull();
  });

  it.each(['{', '[]', '{"version":9,"runs":[]}', 'null'])(
    'that cannot be read are a problem, not a crash: %s',
    async (text) => {
      expect((await restoreRuns(new RunStore(), new Shelf(text)))?.what).toContain('could not be read');
    },
  );

  it('of one broken run do not lose the others', async () => {
    const shelf = new Shelf();
    await saveRuns(storeOf({ a: run('kept') }), shelf);
    shelf.text = (shelf.text ?? '').replace(
      '"runs":[',
      '"runs":[null,{"note":1},{"note":"n.md","cell":"b"},',
    );
    const store = new RunStore();
    expect(await restoreRuns(store, shelf)).toBeNull();
    expect(store.cells('n.md')).toEqual(['a']);
  });
});
