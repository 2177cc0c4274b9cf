import { beforeEach, describe, expect, it } from 'vitest';
import { problem, ProblemError } from '../../src/base/problem';
import { scanCells } from '../../src/cells/scan';
import type { RunEvent } from '../../src/runs/contract';
import { Runner } from '../../src/runs/runner';
import { isStale } from '../../src/runs/snapshot';
import { RunStore } from '../../src/runs/store';
import { FakeSessions, settle } from './fakeSessions';

const NOTE = 'labs/a.md';
const cells = (...infos: string[]) =>
  scanCells(infos.map((info) => '```bash ' + info + '\nls\n```\n').join(''));
const cell = (info: string) => {
  const [found] = cells(info);
  if (!found) throw new Error('no cell');
  return found;
};

let sessions: FakeSessions;
let store: RunStore;
let runner: Runner;
let events: RunEvent[];

beforeEach(() => {
  sessions = new FakeSessions();
  store = new RunStore();
  events = [];
  let now = 1000;
  runner = new Runner({
    sessions,
    store,
    now: () => (now += 10),
    defaultHost: () => 'lab',
    onEvent: (_place, event) => void events.push(event),
  });
});

const status = (id: string, note = NOTE) => store.get(note, id)?.status ?? null;

describe('a session that takes long to open', () => {
  const why = problem('bash on lab has not answered for 8 s.');

  it('is waited for, and the cell says so until it runs', async () => {
    let open = (): void => undefined;
    sessions.slow = { why, open: new Promise((resolve) => (open = resolve)) };
    const ended = runner.run(NOTE, cell('{#a}'));
    await settle();
    expect(store.get(NOTE, 'a')).toMatchObject({ status: 'queued', problem: why });
    open();
    await settle();
    expect(store.get(NOTE, 'a')).toMatchObject({ status: 'running', problem: null });
    sessions.last.exit(0);
    expect(await ended).toMatchObject({ status: 'done', problem: null });
  });

  it('or to be entered is waited for, and the cell says so until it has ended', async () => {
    const ended = runner.run(NOTE, cell('{#a}'));
    await settle();
    let answer = (): void => undefined;
    sessions.slow = { why, open: new Promise((resolve) => (answer = resolve)) };
    const entering = runner.enter(NOTE, 'a');
    await settle();
    expect(store.get(NOTE, 'a')).toMatchObject({ status: 'running', problem: why });
    answer();
    await entering;
    expect(await ended).toMatchObject({ status: 'done', problem: null });
    expect(store.get(NOTE, 'a')).toMatchObject({ problem: null });
  });

  it('holds up nobody once it is not waited for any more', async () => {
    sessions.slow = { why, open: new Promise(() => undefined) };
    const first = runner.run(NOTE, cell('{#a}'));
    await settle();
    sessions.slow = null;
    await runner.interrupt(NOTE, 'a');
    expect(await first).toMatchObject({ status: 'interrupted' });
    const next = runner.run(NOTE, cell('{#b}'));
    await settle();
    sessions.last.exit(0);
    expect(await next).toMatchObject({ status: 'done' });
  });
});

describe('one run', () => {
  it('is queued, then running, then done, with its output, status, duration and place', async () => {
    const seen: (string | null)[] = [];
    store.subscribe(NOTE, 'a', () => seen.push(status('a')));
    const ended = runner.run(NOTE, cell('{#a}'));
    expect(status('a')).toBe('queued');
    await settle();
    sessions.last.print('hello\n');
    sessions.last.exit(0);
    await expect(ended).resolves.toMatchObject({
      status: 'done',
      exitStatus: 0,
      durationMs: 7,
      startedAt: 1010,
      host: 'lab',
      where: { user: 'root', cwd: '/root' },
    });
    expect(store.get(NOTE, 'a')?.output.plain()).toBe('hello');
    expect(seen).toEqual(['queued', 'running', 'running', 'done']);
    expect(events.map((event) => event.type)).toEqual(['started', 'output', 'status']);
    expect(sessions.opened).toEqual([{ host: 'lab', note: NOTE, name: 'main', netns: null }]);
  });

  it.each([
    ['{#a}', 1, 'failed'],
    ['{#a expect-exit=1}', 1, 'done'],
    ['{#a expect-exit=1}', 0, 'failed'],
    ['{#a expect-exit=nonzero}', 5, 'done'],
    ['{#a expect-exit=0,3}', 3, 'done'],
    ['{#a expect-exit=any}', null, 'failed'],
  ])('of a cell %s that ends with %s is %s', async (info, exitStatus, expected) => {
    sessions.script = (run) => run.exit(exitStatus);
    expect(await runner.run(NOTE, cell(info))).toMatchObject({ status: expected, exitStatus });
  });

  it('gets the source with its values, and is stale once the note says something else', async () => {
    sessions.script = (run) => run.exit(0);
    const before = cell('{#a}');
    const run = await runner.run(NOTE, before, { source: 'ls red' });
    expect(sessions.last.request).toEqual({ source: 'ls red' });
    await runner.run(NOTE, before, { source: 'ls red', variables: { WORD: "it's" } });
    expect(sessions.last.request.source).toMatch(/WORD='it'\\''s'.*ls red$/s);
    expect([isStale(run, before), isStale(run, { source: 'ls -l' })]).toEqual([false, true]);
  });

  it('does not begin while placeholders are open, or when the cell is not runnable', async () => {
    const [asks] = scanCells('```bash {#a}\nip -n <ns> link\n```');
    const [open] = scanCells('```bash {#b}\nls');
    if (!asks || !open) throw new Error('no cell');
    expect((await runner.run(NOTE, asks)).problem?.why).toContain('<ns>');
    expect((await runner.run(NOTE, open)).problem?.why).toContain('never closes');
    expect(sessions.opened).toEqual([]);
  });

  it('fails with the problem when no session can be opened', async () => {
    sessions.failure = new ProblemError(problem('The lab machine is not running.'));
    expect(await runner.run(NOTE, cell('{#a}'))).toMatchObject({
      status: 'failed',
      exitStatus: null,
      problem: { what: 'The lab machine is not running.' },
    });
  });

  it('is lost when the connection is, keeping the output so far and never a status', async () => {
    sessions.script = (run) => {
      run.print('half');
      run.emit({ type: 'lost', problem: problem('Connection closed.') });
    };
    const run = await runner.run(NOTE, cell('{#a}'));
    expect(run).toMatchObject({ status: 'lost', exitStatus: null, problem: { what: 'Connection closed.' } });
    expect(run.output.plain()).toBe('half');
  });

  it('that took its shell with it has the status that is known', async () => {
    sessions.script = (run) => run.emit({ type: 'lost', problem: problem('Shell ended.'), exitStatus: 3 });
    expect(await runner.run(NOTE, cell('{#a}'))).toMatchObject({ status: 'failed', exitStatus: 3 });
  });

  it('that ran out of time says so', async () => {
    sessions.script = (run) =>
      run.emit({
        ...{ type: 'status', exitStatus: 130, signal: 'INT', durationMs: 1, shell: 'kept', timedOut: true },
        where: { user: 'u', host: 'h', cwd: '/', netns: null },
      });
    const run = await runner.run(NOTE, cell('{#a timeout=2s expect-exit=130}'));
    expect(sessions.last.request.timeoutMs).toBe(2000);
    expect(run).toMatchObject({ status: 'failed', problem: { why: 'It may take `timeout=2s`.' } });
  });

  it('asked for twice is run once', async () => {
    const first = runner.run(NOTE, cell('{#a}'));
    const second = runner.run(NOTE, cell('{#a}'));
    await settle();
    sessions.last.exit(0);
    expect(await first).toBe(await second);
    expect(sessions.runs).toHaveLength(1);
  });
});

describe('cells of one session', () => {
  it('wait for each other; those of another session do not', async () => {
    const [a, b, other] = cells('{#a}', '{#b}', '{#c session=x}');
    if (!a || !b || !other) throw new Error('no cells');
    void runner.run(NOTE, a);
    const last = runner.run(NOTE, b);
    void runner.run(NOTE, other);
    await settle();
    expect([status('a'), status('b'), status('c')]).toEqual(['running', 'queued', 'running']);
    sessions.runs[0]?.exit(0);
    await settle();
    expect(status('b')).toBe('running');
    sessions.last.exit(0);
    expect((await last).status).toBe('done');
  });

  it('go on after one of them could not be run', async () => {
    sessions.failure = new Error('no');
    void runner.run(NOTE, cell('{#a}'));
    await settle();
    sessions.failure = null;
    sessions.script = (run) => run.exit(0);
    expect((await runner.run(NOTE, cell('{#b}'))).status).toBe('done');
  });
});

describe('interrupting', () => {
  it('stops what runs and takes back what waits, which then shows what it showed before', async () => {
    sessions.script = (run) => run.exit(0);
    await runner.run(NOTE, cell('{#b}'));
    sessions.script = null;
    const running = runner.run(NOTE, cell('{#a}'));
    const waiting = runner.run(NOTE, cell('{#b}'));
    await settle();
    expect(status('b')).toBe('queued');
    await runner.interrupt(NOTE);
    expect(await running).toMatchObject({ status: 'interrupted', exitStatus: 130, signal: 'INT' });
    expect((await waiting).status).toBe('interrupted');
    expect(status('b')).toBe('done');
    expect(sessions.runs).toHaveLength(2);
  });

  it('stops only the named cell', async () => {
    void runner.run(NOTE, cell('{#a}'));
    void runner.run(NOTE, cell('{#b}'));
    await settle();
    await runner.interrupt(NOTE, 'b');
    expect([status('a'), status('b')]).toEqual(['running', null]);
    expect(sessions.calls).toEqual([]);
  });

  it('a restart ends the sessions; what ran counts as interrupted', async () => {
    const ended = runner.run(NOTE, cell('{#a}'));
    await settle();
    runner.restart(NOTE);
    expect((await ended).status).toBe('interrupted');
    expect(sessions.calls).toEqual([`close ${NOTE}`]);
  });
});

it('input and size reach the running cell', async () => {
  void runner.run(NOTE, cell('{#a}'));
  runner.input(NOTE, new TextEncoder().encode('early'));
  await settle();
  runner.input(NOTE, new TextEncoder().encode('yes\n'), 'a');
  runner.input(NOTE, new TextEncoder().encode('no\n'), 'b');
  runner.resize(NOTE, 80, 24);
  expect(sessions.calls).toEqual(['input yes\n', 'resize 80 24']);
});

describe('run all', () => {
  const batch = (...infos: string[]) => cells(...infos).map((one) => ({ cell: one, source: one.source }));
  const failing = (id: string) => {
    sessions.script = (run) => run.exit(status(id) === 'queued' && run === sessions.runs[1] ? 9 : 0);
  };

  it('shows all as queued, runs them in order and stops at the first unexpected status', async () => {
    failing('b');
    const result = runner.runAll(NOTE, batch('{#a}', '{#b}', '{#c}'));
    expect(['a', 'b', 'c'].map((id) => status(id))).toEqual(['queued', 'queued', 'queued']);
    const { ran, notRun } = await result;
    expect(ran.map(({ cell: { id }, run }) => [id, run.exitStatus])).toEqual([
      ['a', 0],
      ['b', 9],
    ]);
    expect(notRun.map(({ id }) => id)).toEqual(['c']);
    expect(status('c')).toBeNull();
  });

  it('keeps going when asked to', async () => {
    failing('b');
    const { ran } = await runner.runAll(NOTE, batch('{#a}', '{#b}', '{#c}'), { keepGoing: true });
    expect(ran.map(({ run }) => run.exitStatus)).toEqual([0, 9, 0]);
  });

  it('stops when interrupted, even when keeping going', async () => {
    const result = runner.runAll(NOTE, batch('{#a}', '{#b}'), { keepGoing: true });
    await settle();
    await runner.interrupt(NOTE);
    const { ran, notRun } = await result;
    expect([ran.length, notRun.length, status('b')]).toEqual([1, 1, null]);
  });

  it('stops after the one cell that was interrupted, even when keeping going', async () => {
    const result = runner.runAll(NOTE, batch('{#a}', '{#b}'), { keepGoing: true });
    await settle();
    await runner.interrupt(NOTE, 'a');
    const { ran, notRun } = await result;
    expect([ran.map(({ run }) => run.status), notRun.map(({ id }) => id), status('b')]).toEqual([
      ['interrupted'],
      ['b'],
      null,
    ]);
  });

  it('leaves background cells running when asked to', async () => {
    sessions.script = (run) => (run.address.name === 'main' ? run.exit(0) : undefined);
    const { ran } = await runner.runAll(NOTE, batch('{#bg background}', '{#a}'), { background: 'leave' });
    expect(ran.map(({ cell: { id } }) => id)).toEqual(['a']);
    expect(status('bg')).toBe('running');
  });

  it('runs in order also across sessions, and does not wait for background cells', async () => {
    const result = runner.runAll(NOTE, batch('{#bg background}', '{#a session=x}', '{#b}'));
    await settle();
    expect(sessions.runs.map((run) => run.address.name)).toEqual(['#background bg', 'x']);
    sessions.runs[1]?.exit(0);
    await settle();
    sessions.runs[2]?.exit(0);
    await settle();
    expect([status('bg'), status('b')]).toEqual(['running', 'done']);
    sessions.runs[0]?.exit(0);
    expect((await result).ran.map(({ cell: { id } }) => id)).toEqual(['a', 'b', 'bg']);
  });
});

describe('what a live session has done', () => {
  const changed = { ...cell('{#a}'), source: 'pwd' };

  it('counts for a cell as it stands, in a session that still lives', async () => {
    expect([runner.hasRun(NOTE, cell('{#a}')), runner.isSessionAlive(NOTE, cell('{#a}'))]).toEqual([
      false,
      false,
    ]);
    sessions.script = (run) => run.exit(0);
    await runner.run(NOTE, cell('{#a}'));
    expect([runner.hasRun(NOTE, cell('{#a}')), runner.hasRun(NOTE, changed)]).toEqual([true, false]);
    expect([cell('{#b}'), cell('{#c session=x}')].map((other) => runner.isSessionAlive(NOTE, other))).toEqual(
      [true, false],
    );
    runner.restart(NOTE);
    expect([runner.hasRun(NOTE, cell('{#a}')), runner.isSessionAlive(NOTE, cell('{#a}'))]).toEqual([
      false,
      false,
    ]);
  });

  it('is gone with a session that was lost, and a failure is nothing done', async () => {
    sessions.script = (run) => run.exit(run.request.source === 'ls' ? 0 : 1);
    await runner.run(NOTE, cell('{#a}'));
    await runner.run(NOTE, cell('{#b}'), { source: 'false' });
    expect(['{#a}', '{#b}'].map((info) => runner.hasRun(NOTE, cell(info)))).toEqual([true, false]);
    sessions.script = (run) => run.emit({ type: 'lost', problem: problem('Gone.') });
    await runner.run(NOTE, cell('{#c}'));
    expect(runner.hasRun(NOTE, cell('{#a}'))).toBe(false);
  });

  it('does not know how many wait before a cell of another session', async () => {
    void runner.run(NOTE, cell('{#a}'));
    void runner.run(NOTE, cell('{#x session=x}'));
    void runner.run(NOTE, cell('{#b}'));
    expect(['a', 'x', 'b', 'none'].map((id) => runner.waitingBefore(NOTE, id))).toEqual([0, 0, 1, 0]);
  });
});

describe('a note that is renamed while a cell runs', () => {
  it('keeps the run, the waiting cells and the session', async () => {
    const seen: string[] = [];
    store.subscribeNote(NOTE, (id) => seen.push(id));
    void runner.run(NOTE, cell('{#a}'));
    const last = runner.run(NOTE, cell('{#b}'));
    await settle();
    runner.rename(NOTE, 'b.md');
    sessions.last.print('after\n');
    sessions.last.exit(0);
    await settle();
    sessions.last.exit(0);
    await last;
    expect([status('a', 'b.md'), status('b', 'b.md'), status('a')]).toEqual(['done', 'done', null]);
    expect(store.get('b.md', 'a')?.output.plain()).toBe('after');
    expect(sessions.opened.map(({ note }) => note)).toEqual([NOTE, 'b.md']);
    expect(sessions.calls).toEqual([`rename ${NOTE} b.md`]);
    expect(seen.at(-1)).toBe('b');
  });

  it('keeps its lab folder, and a new note of the old name gets another', async () => {
    sessions.script = (run) => run.exit(0);
    const folder = () => /LAB_DIR=(\S+);/.exec(sessions.last.request.source)?.[1];
    await runner.run(NOTE, cell('{check #a}'));
    const first = folder();
    runner.rename(NOTE, 'b.md');
    await runner.run('b.md', cell('{check #a}'));
    expect(folder()).toBe(first);
    await runner.run(NOTE, cell('{check #a}'));
    expect(folder()).not.toBe(first);
  });
});
