import { fingerprint } from '../base/hash';
import { asProblem, problem, type Problem } from '../base/problem';
import type { Cell } from '../cells/cell';
import { isExpectedStatus } from '../cells/options';
import { OutputText } from '../output/outputText';
import type { RunEvent, RunRequest, Session } from './contract';
import type { RunSnapshot, RunStatus } from './snapshot';
import type { RunEntry, RunStore } from './store';

export interface JobParts {
  readonly store: RunStore;
  readonly now: () => number;
  readonly onEvent?: ((place: RunEntry, event: RunEvent) => void) | undefined;
}

/**
 * One run of one cell, from waiting to its end. It writes what happens into the store, wherever the cell's place is
 * by then.
 */
export class Job {
  readonly place: RunEntry;
  /** How it ended. Never rejects. */
  readonly ended: Promise<RunSnapshot>;
  /** Resolves when its program runs; never for a run that ended before. */
  readonly begun: Promise<void>;
  private resolve: (run: RunSnapshot) => void = () => undefined;
  private resolveBegun: () => void = () => undefined;
  private state: 'waiting' | 'running' | 'ended' = 'waiting';
  private stopped = false;
  private session: Session | null = null;
  private readonly before: RunSnapshot | null;
  private current: RunSnapshot;

  constructor(
    private readonly parts: JobParts,
    note: string,
    private readonly cell: Cell,
    host: string,
  ) {
    this.place = parts.store.entry(note, cell.id);
    this.before = this.place.snapshot;
    this.ended = new Promise((resolve) => (this.resolve = resolve));
    this.begun = new Promise((resolve) => (this.resolveBegun = resolve));
    this.current = {
      status: 'queued',
      exitStatus: null,
      signal: null,
      durationMs: null,
      startedAt: null,
      where: null,
      host,
      problem: null,
      output: new OutputText(),
      sourceFingerprint: fingerprint(cell.source),
    };
    parts.store.update(this.place, this.current);
  }

  get isWaiting(): boolean {
    return this.state === 'waiting';
  }

  get isRunning(): boolean {
    return this.state === 'running';
  }

  /** Takes a waiting run back: the cell shows again what it showed before. */
  takeBack(): void {
    if (this.state !== 'waiting') return;
    this.state = 'ended';
    this.parts.store.update(this.place, this.before);
    this.resolve({ ...this.current, status: 'interrupted' });
  }

  /** It waits for a far side that takes long, and says so. */
  waitLonger(why: Problem): void {
    if (this.state === 'waiting') this.set({ problem: why });
  }

  /** Ends a run that could not begin. */
  fail(why: Problem): void {
    if (this.state === 'ended') return;
    this.end('failed', { problem: why });
  }

  /** Runs in a session and follows it to its end. */
  async runIn(session: Session, request: RunRequest): Promise<void> {
    if (this.state !== 'waiting') return;
    this.session = session;
    this.state = 'running';
    try {
      for await (const event of session.run(request)) this.take(event);
    } catch (error) {
      this.lose(asProblem(error, 'The connection to the running cell failed.'));
    }
    this.lose(problem('The session ended without saying how the cell ended.', '', 'Run the cell again.'));
  }

  /** Stops it: what waits is taken back, what runs gets ^C. Resolves when it has ended. */
  async interrupt(): Promise<void> {
    this.takeBack();
    if (this.state !== 'running') return;
    this.stopped = true;
    await this.session?.interrupt();
    await this.ended;
  }

  /** The session it runs in is about to be closed on the user's wish. */
  abandon(): void {
    this.takeBack();
    this.stopped = true;
  }

  /** Enters the shell that it opened; see `Session`. */
  async enter(): Promise<void> {
    if (this.state !== 'running') return;
    try {
      await this.session?.enter((why) => this.remark(why));
    } finally {
      this.remark(null);
    }
  }

  input(bytes: Uint8Array): void {
    if (this.state === 'running') this.session?.input(bytes);
  }

  resize(columns: number, rows: number): void {
    if (this.state === 'running') this.session?.resize(columns, rows);
  }

  /** What is to be said of it while it runs; its end says for itself. */
  private remark(why: Problem | null): void {
    if (this.state === 'running') this.set({ problem: why });
  }

  private take(event: RunEvent): void {
    if (this.state === 'ended') return;
    if (this.current.status === 'queued')
      this.set({ status: 'running', startedAt: this.parts.now(), problem: null });
    switch (event.type) {
      case 'started':
        this.resolveBegun();
        break;
      case 'output':
        this.current.output.push(event.bytes, event.stream);
        this.parts.store.touch(this.place);
        break;
      case 'front':
        this.set({ front: event.front });
        break;
      case 'entered':
        // That a shell is open is all one can know of it, and what was wanted.
        this.end('done', { where: event.where });
        break;
      case 'status': {
        const { exitStatus, signal, durationMs, where } = event;
        if (event.timedOut)
          this.end('failed', { exitStatus, signal, durationMs, where, problem: this.tooLong() });
        else this.end(this.verdict(exitStatus), { exitStatus, signal, durationMs, where });
        break;
      }
      case 'lost': {
        const { exitStatus = null, signal = null, cause = null } = event;
        this.set({ lostCause: cause });
        if (event.timedOut) this.end('failed', { exitStatus, signal, problem: this.tooLong() });
        else if (exitStatus === null) this.lose(event.problem, signal);
        // The shell is gone, but how the command in its place ended is known (`exec true`).
        else this.end(this.verdict(exitStatus), { exitStatus, signal, problem: event.problem });
      }
    }
    this.parts.onEvent?.(this.place, event);
  }

  private verdict(exitStatus: number | null): RunStatus {
    if (isExpectedStatus(this.cell.attributes, exitStatus)) return 'done';
    return this.stopped ? 'interrupted' : 'failed';
  }

  private tooLong(): Problem {
    const limit = this.cell.attributes['timeout'];
    return problem(
      'The cell was stopped because its time was up.',
      typeof limit === 'string' ? `It may take \`timeout=${limit}\`.` : '',
      'Give it more time, or find out what it waits for.',
    );
  }

  private lose(why: Problem, signal: string | null = null): void {
    if (this.state === 'ended') return;
    if (this.stopped) this.end('interrupted', { signal });
    else this.end('lost', { problem: why, signal });
  }

  private end(status: RunStatus, outcome: Partial<RunSnapshot>): void {
    this.state = 'ended';
    this.current.output.end();
    const startedAt = this.current.startedAt;
    const durationMs = startedAt === null ? null : Math.max(0, this.parts.now() - startedAt);
    this.set({ durationMs, front: null, problem: null, ...outcome, status });
    this.resolve(this.current);
  }

  private set(change: Partial<RunSnapshot>): void {
    this.current = { ...this.current, ...change };
    this.parts.store.update(this.place, this.current);
  }
}
