import { asProblem, problem, type Problem } from '../base/problem';
import type { Cell } from '../cells/cell';
import { isOn } from '../cells/options';
import { findPlaceholders } from '../cells/placeholders';
import { launch, type Launch } from '../labs/launch';
import type { LabValues } from '../labs/vars';
import type { RunEvent, SessionAddress, SessionProvider } from './contract';
import { Job } from './job';
import { NoteIdentities } from './noteIdentities';
import { SessionRuns } from './sessionRuns';
import { isStale, type RunSnapshot } from './snapshot';
import type { RunEntry, RunStore } from './store';

export interface RunnerParts {
  readonly sessions: SessionProvider;
  readonly store: RunStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Name of the host for cells that name none; asked at each run. */
  readonly defaultHost: (note: string) => string;
  /** A run waits for a session whose far side takes long to answer. */
  readonly onSlow?: (place: RunEntry, why: Problem) => void;
  /** Sees every event of every run, after the store has it. */
  readonly onEvent?: (place: RunEntry, event: RunEvent) => void;
}

/** A cell with its placeholders filled. */
export interface FilledCell {
  readonly cell: Cell;
  readonly source: string;
  /** The host that the user agreed to; by default what the cell or the note names. */
  readonly host?: string | undefined;
  /** What the note's variables are in its environment; none when absent. */
  readonly variables?: LabValues;
}

export interface RunAllOptions {
  /** Go on after a cell that ended unexpectedly. */
  readonly keepGoing?: boolean;
  /**
   * What becomes of `background` cells once all others have ended: they are waited for, interrupted (unless there were
   * no others), or left running.
   */
  readonly background?: 'wait' | 'interrupt' | 'leave';
  readonly onBegin?: (cell: Cell) => void;
  /** Does something before and after a cell; `go` runs it. Not asked for `background` cells. */
  readonly around?: (filled: FilledCell, go: () => Promise<RunSnapshot>) => Promise<RunSnapshot>;
  readonly onEnd?: (cell: Cell, run: RunSnapshot) => void;
}

export interface RunAllResult {
  /** Every cell that was run, with how it ended. */
  readonly ran: readonly { readonly cell: Cell; readonly run: RunSnapshot }[];
  /** The cells that were not begun, because one before them ended unexpectedly or the user stopped them. */
  readonly notRun: readonly Cell[];
}

interface Planned {
  readonly job: Job;
  readonly cell: Cell;
  readonly source: string;
  readonly launch: Launch;
  readonly host: string;
  /** Names the session's queue; stays the same when the note is renamed. */
  readonly queue: string;
}

/** Runs cells in the live sessions of their notes and keeps the store up to date. */
export class Runner {
  private readonly identities = new NoteIdentities();
  private readonly sessionRuns = new SessionRuns();
  private readonly jobs = new Set<Job>();
  private readonly queueOfJob = new WeakMap<Job, string>();
  /** The end of each session's queue; resolves when all before it have ended. */
  private readonly queues = new Map<string, Promise<void>>();

  constructor(private readonly parts: RunnerParts) {}

  /** Runs a cell behind those already waiting for its session; resolves with how it ended, never rejects. */
  run(
    note: string,
    cell: Cell,
    filled: Omit<FilledCell, 'cell'> = { source: cell.source },
  ): Promise<RunSnapshot> {
    const running = this.jobAt(note, cell.id);
    return running ? running.ended : this.start(this.plan(note, { cell, ...filled }));
  }

  /**
   * Runs cells one after another, whichever sessions they belong to. Stops at the first unexpected end unless
   * `keepGoing`, and whenever the user interrupts. A `background` cell is waited for only until it runs, and again when
   * all others have ended.
   */
  async runAll(
    note: string,
    cells: readonly FilledCell[],
    options: RunAllOptions = {},
  ): Promise<RunAllResult> {
    const ran: { cell: Cell; run: RunSnapshot }[] = [];
    const notRun: Cell[] = [];
    const background: { job: Job; ended: Promise<unknown> }[] = [];
    const planned = cells
      .filter(({ cell }) => this.jobAt(note, cell.id) === undefined)
      .map((filled) => this.plan(note, filled));
    let goOn = true;
    for (const plan of planned) {
      const { cell, job } = plan;
      if (!goOn) job.takeBack();
      if (!job.isWaiting) {
        notRun.push(cell);
        continue;
      }
      options.onBegin?.(cell);
      const isBackground = isOn(cell.attributes, 'background');
      const go = (): Promise<RunSnapshot> => this.start(plan);
      const { around } = options;
      const ended = (around && !isBackground ? around(plan, go) : go()).then((run) => {
        ran.push({ cell, run });
        options.onEnd?.(cell, run);
        return run;
      });
      if (isBackground) {
        background.push({ job, ended });
        await Promise.race([job.begun, ended]);
        continue;
      }
      const run = await ended;
      goOn = run.status === 'done' || (options.keepGoing === true && run.status !== 'interrupted');
    }
    if (options.background === 'interrupt' && background.length < planned.length) {
      await Promise.all(background.map(({ job }) => job.interrupt()));
    }
    if (options.background !== 'leave') await Promise.all(background.map(({ ended }) => ended));
    return { ran, notRun };
  }

  /** Stops a cell, or all of a note: what waits is taken back, what runs gets ^C. Resolves when they have ended. */
  async interrupt(note: string, cell?: string): Promise<void> {
    await Promise.all(this.jobsOf(note, cell).map((job) => job.interrupt()));
  }

  /** Enters the shell that a running cell opened. Rejects with a ProblemError when there is none. */
  async enter(note: string, cell: string): Promise<void> {
    await this.jobAt(note, cell)?.enter();
  }

  /** Bytes for the terminal of a running cell (of every running one of the note when none is named). */
  input(note: string, bytes: Uint8Array, cell?: string): void {
    for (const job of this.jobsOf(note, cell)) job.input(bytes);
  }

  /** Tells the terminal of a running cell (of every running one of the note when none is named) its size. */
  resize(note: string, columns: number, rows: number, cell?: string): void {
    for (const job of this.jobsOf(note, cell)) job.resize(columns, rows);
  }

  /** Whether the cell, as it stands, ran as expected in a session that still lives. */
  hasRun(note: string, cell: Cell): boolean {
    const run = this.parts.store.get(note, cell.id);
    return run !== null && !isStale(run, cell) && this.sessionRuns.holds(run);
  }

  /** Whether the session that this cell runs in is alive, as far as anybody knows. */
  isSessionAlive(note: string, cell: Cell): boolean {
    return this.sessionRuns.isAlive(this.queueOf(note, cell));
  }

  /** How many runs a waiting cell waits for. */
  waitingBefore(note: string, cell: string): number {
    const queues = [...this.jobs].map((job) => ({ job, queue: this.queueOfJob.get(job) }));
    const at = queues.findIndex(({ job }) => job.place.note === note && job.place.cell === cell);
    const queue = queues[at]?.queue;
    return queues.slice(0, Math.max(0, at)).filter((other) => other.queue === queue).length;
  }

  /** Ends the note's sessions; the next run starts afresh. */
  restart(note: string): void {
    for (const job of this.jobsOf(note)) job.abandon();
    const identity = this.identities.of(note);
    this.sessionRuns.close((queue) => queue.startsWith(`${JSON.stringify([identity]).slice(0, -1)},`));
    this.parts.sessions.close(note);
  }

  /** The note is called otherwise now: runs, waiting cells and live sessions go with it. */
  rename(from: string, to: string): void {
    this.parts.store.rename(from, to);
    this.identities.rename(from, to);
    this.parts.sessions.rename(from, to);
  }

  private jobsOf(note: string, cell?: string): Job[] {
    return [...this.jobs].filter(
      ({ place }) => place.note === note && (cell === undefined || place.cell === cell),
    );
  }

  private jobAt(note: string, cell: string): Job | undefined {
    return this.jobsOf(note, cell)[0];
  }

  private plan(note: string, { cell, source, host: agreed, variables }: FilledCell): Planned {
    const identity = this.identities.of(note);
    const launched = launch(cell, identity, source, variables);
    const host = agreed ?? launched.host ?? this.parts.defaultHost(note);
    const job = new Job(this.parts, note, cell, host);
    this.jobs.add(job);
    const queue = queueName(identity, host, launched);
    this.queueOfJob.set(job, queue);
    void job.ended.then((run) => {
      this.jobs.delete(job);
      this.sessionRuns.ended(queue, run);
    });
    return { job, cell, source, launch: launched, host, queue };
  }

  private queueOf(note: string, cell: Cell): string {
    const identity = this.identities.of(note);
    const launched = launch(cell, identity);
    return queueName(identity, launched.host ?? this.parts.defaultHost(note), launched);
  }

  private start(plan: Planned): Promise<RunSnapshot> {
    const refusal = reasonNotToRun(plan.cell, plan.source);
    if (refusal !== null) {
      plan.job.fail(refusal);
      return plan.job.ended;
    }
    const { queue } = plan;
    const before = this.queues.get(queue) ?? Promise.resolve();
    const after = before.then(() => this.execute(plan));
    this.queues.set(queue, after);
    void after.then(() => {
      if (this.queues.get(queue) === after) this.queues.delete(queue);
    });
    return plan.job.ended;
  }

  private async execute({
    job,
    host,
    launch: { session: name, netns, container, source, timeoutMs, separateStreams },
  }: Planned): Promise<void> {
    if (!job.isWaiting) return;
    // The note may have been renamed while the job waited.
    const address: SessionAddress = {
      host,
      note: job.place.note,
      name,
      netns,
      ...(container === null ? {} : { container }),
    };
    try {
      const opening = this.parts.sessions.open(address, (why) => {
        job.waitLonger(why);
        this.parts.onSlow?.(job.place, why);
      });
      // Who gives up waiting must not hold up those behind.
      const session = await Promise.race([opening, job.ended.then(() => null)]);
      if (session === null) {
        opening.catch(() => undefined);
        return;
      }
      await job.runIn(session, {
        source,
        ...(timeoutMs === null ? {} : { timeoutMs }),
        ...(separateStreams ? { separateStreams } : {}),
      });
    } catch (error) {
      job.fail(asProblem(error, `The session on ${host} could not be opened.`));
    }
  }
}

function queueName(identity: string, host: string, { session, netns, container }: Launch): string {
  return JSON.stringify([identity, host, session, netns, container]);
}

function reasonNotToRun(cell: Cell, source: string) {
  if (cell.whyNot !== null) return problem('This cell does not run.', cell.whyNot);
  const open = cell.role === 'file' ? [] : findPlaceholders(source);
  if (open.length === 0) return null;
  const names = open.map((name) => `<${name}>`).join(', ');
  return problem(
    'This cell was not run.',
    `These placeholders have no value: ${names}.`,
    'Fill them in first.',
  );
}
