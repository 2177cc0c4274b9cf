import { expect, it, vi } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { Runner } from '../../src/runs/runner';
import { RunStore } from '../../src/runs/store';
import { CellRuns, type CellRunsParts } from '../../src/views/cell/cellRuns';
import { FakeSessions } from '../runs/fakeSessions';

vi.mock('obsidian', () => ({ Notice: class {}, MarkdownView: class {}, setIcon: () => undefined }));

const cells = scanCells(
  '```bash {#a}\necho <word> "$WORD"\n```\n\n```bash {#b needs=a}\necho "$WORD"\n```\n',
);
const [a, b] = cells;
if (!a || !b) throw new Error('There are no cells.');

/** Runs of a note that a sync changes while the question stands open; `choose` begins them. */
async function ranBy(choose: (runs: CellRuns) => Promise<unknown>): Promise<(string | undefined)[][]> {
  const sessions = new FakeSessions();
  sessions.script = (run) => run.exit(0);
  const store = new RunStore();
  let host = 'lab';
  let word = 'agreed';
  const runner = new Runner({ sessions, store, now: () => 0, defaultHost: () => host });
  const runs = new CellRuns({
    ...{ store, runner, sessions, cellsOf: () => cells, hostOf: () => host },
    ui: { set: () => undefined },
    params: {
      missing: () => [],
      given: () => ({ vars: [{ name: 'WORD', choices: [word] }], values: { word, WORD: word } }),
    },
    suggester: { reach: () => undefined },
    unavailable: () => null,
    report: () => undefined,
    tell: () => undefined,
    mayRun: () => {
      [host, word] = ['other', 'changed'];
      return Promise.resolve(true);
    },
  } as unknown as CellRunsParts);
  await choose(runs);
  return sessions.runs.map(({ address, request }) => [
    address.host,
    /echo .*/.exec(request.source)?.[0],
    /WORD='?(\w+)/.exec(request.source)?.[1],
  ]);
}

it.each([
  ['one cell with what it needs', (runs: CellRuns) => runs.run('note.md', b)],
  ['all cells', (runs: CellRuns) => runs.runAll('note.md', { run: [a, b], skipped: [] })],
])('What was asked about is what runs, there and with those values: %s', async (_, choose) => {
  expect(await ranBy(choose)).toEqual([
    ['lab', 'echo agreed "$WORD"', 'agreed'],
    ['lab', 'echo "$WORD"', 'agreed'],
  ]);
});
