import { asProblem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import {
  beginAttempt,
  isComplete,
  nextHint,
  nextSolution,
  withChecks,
  withFault,
  withStep,
  type Attempt,
  type CheckResult,
} from '../../labs/attempt';
import { isLab, readLab, type Check, type Fault, type Lab } from '../../labs/lab';
import { readRequirements } from '../../labs/requirements';
import { chooseValues, readLabVars, type LabValues } from '../../labs/vars';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import type { CellDesk } from '../cell/cellDesk';
import { Emitter } from '../ui/emitter';
import type { Attempts } from './attempts';
import { machineToken, requirementsCell, tokenCell } from './ownCells';
import { blocked, noHint, noSolution, notStarted, unexpectedEnd } from './labProblems';
import type { LabProgress } from './labProgress';

export interface LabDeskParts {
  readonly desk: CellDesk;
  readonly attempts: Attempts;
  readonly progress: LabProgress;
  /** These requirements were looked for on the machine, and those are missing. */
  readonly learnLacking: (requirements: readonly string[], missing: readonly string[]) => void;
  /** Cells of a note as it stands now. */
  readonly cellsOf: (note: string) => readonly Cell[];
  readonly frontmatterOf: (note: string) => Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a panel shows besides the attempt itself. */
export interface LabStatus {
  /** What is being done right now, as words without a full stop; null when nothing is. */
  readonly busy: string | null;
  readonly problem: Problem | null;
  /** The hint or solution shown last. */
  readonly shown: { readonly kind: 'hint' | 'solution'; readonly cell: string; readonly text: string } | null;
  /** The machine is not the one the attempt began on. */
  readonly drifted: boolean;
}

const QUIET: LabStatus = { busy: null, problem: null, shown: null, drifted: false };

/** A cell that did not end as the lab needs it. */
class Stopped extends Error {
  constructor(readonly problem: Problem | null) {
    super(problem?.what ?? 'Stopped.');
  }
}

/** What a learner does with a lab, from Start to Cleanup. One action of a note at a time. */
export class LabDesk {
  /** Something about the lab of this note changed. */
  readonly changed = new Emitter<string>();
  private readonly states = new Map<string, LabStatus>();
  /** Notes in which a check runs by itself right now. */
  private readonly polled = new Set<string>();
  /** When the run began that was noticed last, by note and cell. */
  private readonly noticed = new Map<string, number | null>();

  constructor(private readonly parts: LabDeskParts) {}

  labOf(note: string): Lab | null {
    const cells = this.parts.cellsOf(note);
    return isLab(cells) ? readLab(cells) : null;
  }

  attemptOf(note: string): Attempt | null {
    return this.parts.attempts.of(note);
  }

  statusOf(note: string): LabStatus {
    return this.states.get(note) ?? QUIET;
  }

  /** What the cells of the note find in their environment. */
  valuesOf(note: string): LabValues {
    const vars = readLabVars(this.parts.frontmatterOf(note));
    return vars.length === 0 ? {} : chooseValues(vars, this.attemptOf(note)?.turn ?? 0);
  }

  /** Sets up and checks the baseline. What an earlier attempt left is cleaned up first. */
  start(note: string): Promise<void> {
    return this.act(note, 'Starting', async (lab) => {
      await this.requireMachine(note);
      const earlier = this.attemptOf(note);
      if (earlier !== null) await this.runAll(note, lab.cleanup, 'Cleaning up');
      const { turn, isReview } = this.parts.progress.nextAttempt(note);
      this.keep(note, beginAttempt(this.parts.now(), turn, isReview));
      await this.setUp(note, lab);
      await this.checkAll(note, lab, lab.checks);
      await this.parts.progress.began(note);
    });
  }

  /** Puts in a fault; one that is in already is cleaned away first, because every fault starts from a clean state. */
  breakIt(note: string, fault: Fault): Promise<void> {
    return this.act(note, 'Breaking it', async (lab, attempt) => {
      if (attempt.fault !== null) await this.replayAll(note, lab, attempt, false);
      await this.runAll(note, [fault.cell], 'Breaking it');
      this.keep(note, withFault(attempt, fault.id));
      this.set(note, { shown: null });
    });
  }

  check(note: string): Promise<void> {
    return this.act(note, 'Checking', (lab) => this.checkAll(note, lab, lab.checks));
  }

  /** Runs one check by itself, in the background of whatever the learner does; its run is noticed like any other. */
  async poll(note: string, check: Check): Promise<void> {
    const isIdle = this.statusOf(note).busy === null && !this.polled.has(note);
    if (!isIdle || this.statusOf(note).drifted || this.attemptOf(note) === null) return;
    this.polled.add(note);
    try {
      await this.parts.desk.runNow(note, check.cell);
    } finally {
      this.polled.delete(note);
    }
  }

  hint(note: string): Promise<void> {
    return this.act(note, 'Looking for a hint', async (lab, attempt) => {
      const hint = nextHint(attempt, lab, true);
      if (hint === null) throw new Stopped(noHint(attempt));
      const run = await this.run(note, hint.cell);
      this.keep(note, { ...attempt, hints: [...attempt.hints, hint.id] });
      this.set(note, { shown: { kind: 'hint', cell: hint.id, text: run.output.plain().trimEnd() } });
    });
  }

  /** Shows the next step of the solution; running it stays the learner's. */
  solution(note: string): Promise<void> {
    return this.act(note, 'Looking it up', (lab, attempt) => {
      const cell = nextSolution(attempt, lab);
      if (cell === null) throw new Stopped(noSolution(attempt));
      this.keep(note, { ...attempt, solutions: [...attempt.solutions, cell.id] });
      this.set(note, { shown: { kind: 'solution', cell: cell.id, text: cell.source } });
      return Promise.resolve();
    });
  }

  /** Ends the attempt and takes everything away. */
  cleanUp(note: string): Promise<void> {
    return this.act(note, 'Cleaning up', async (lab) => {
      await this.runAll(note, lab.cleanup, 'Cleaning up');
      this.parts.desk.restart(note);
      this.parts.attempts.set(note, null);
      this.set(note, { shown: null, drifted: false });
    });
  }

  /** Cleanup, a new session, and setup: the same attempt from its beginning. */
  reset(note: string): Promise<void> {
    return this.act(note, 'Resetting', async (lab, attempt) => {
      await this.runAll(note, lab.cleanup, 'Cleaning up');
      this.parts.desk.restart(note);
      this.keep(note, { ...attempt, fault: null, steps: [], checks: {} });
      await this.setUp(note, lab);
      await this.checkAll(note, lab, lab.checks);
      this.set(note, { shown: null, drifted: false });
    });
  }

  /** Brings a machine that was reset meanwhile to where the attempt stands: setup, the steps taken, the fault. */
  replay(note: string): Promise<void> {
    return this.act(
      note,
      'Replaying',
      async (lab, attempt) => {
        await this.replayAll(note, lab, attempt, true);
        this.set(note, { drifted: false });
        await this.checkAll(note, lab, lab.checks);
      },
      { evenIfDrifted: true },
    );
  }

  /** The run of a cell changed: a learner may have taken a step, or run a check where it stands. */
  noticeRun(note: string, cellId: string): void {
    const attempt = this.attemptOf(note);
    const run = this.parts.desk.store.get(note, cellId);
    if (attempt === null || run === null || this.statusOf(note).busy !== null) return;
    const key = `${note}\0${cellId}`;
    if (isActive(run) || this.noticed.get(key) === run.startedAt) return;
    this.noticed.set(key, run.startedAt);
    const lab = this.labOf(note);
    const cell = lab?.cells.find(({ id }) => id === cellId);
    if (cell?.role === 'step' && run.status === 'done') this.keep(note, withStep(attempt, cellId));
    if (cell?.role === 'check' && lab && run.exitStatus !== null) {
      void this.take(note, lab, { id: cellId, ok: run.status === 'done', said: run.output.plain().trim() });
    }
  }

  rename(from: string, to: string): void {
    this.parts.attempts.rename(from, to);
    const state = this.states.get(from);
    this.states.delete(from);
    if (state) this.states.set(to, state);
  }

  /** Says what the machine lacks before anything is changed on it. */
  private async requireMachine(note: string): Promise<void> {
    const requirements = readRequirements(this.parts.frontmatterOf(note));
    if (requirements.length === 0) return;
    const run = await this.run(note, requirementsCell(requirements));
    const missing = run.output.plain().trim().split(/\s+/).filter(Boolean);
    this.parts.learnLacking(requirements, missing);
    if (missing.length > 0) throw new Stopped(blocked(missing));
  }

  private async setUp(note: string, lab: Lab): Promise<void> {
    await this.runAll(note, lab.setup, 'Setting up');
    const attempt = this.attemptOf(note);
    if (attempt) await this.run(note, machineToken(attempt.startedAt));
  }

  private async replayAll(note: string, lab: Lab, attempt: Attempt, withFaultIn: boolean): Promise<void> {
    await this.runAll(note, lab.cleanup, 'Cleaning up');
    this.parts.desk.restart(note);
    await this.setUp(note, lab);
    const steps = attempt.steps.flatMap((id) => lab.cells.find((cell) => cell.id === id) ?? []);
    await this.runAll(note, steps, 'Replaying');
    const fault = withFaultIn ? lab.faults.find(({ id }) => id === attempt.fault) : undefined;
    if (fault) await this.runAll(note, [fault.cell], 'Replaying');
  }

  private async checkAll(note: string, lab: Lab, checks: readonly Check[]): Promise<void> {
    for (const { id, cell } of checks) {
      const run = await this.run(note, cell, 'any end');
      await this.take(note, lab, { id, ok: run.status === 'done', said: run.output.plain().trim() });
    }
  }

  /** A check has ended. */
  private async take(note: string, lab: Lab, result: CheckResult): Promise<void> {
    const before = this.attemptOf(note);
    if (before === null) return;
    const attempt = withChecks(before, lab, [result]);
    const isNew = attempt.completedAt === null && isComplete(attempt, lab);
    const next = isNew ? { ...attempt, completedAt: this.parts.now() } : attempt;
    this.keep(note, next);
    if (isNew) await this.parts.progress.completed(note, next);
  }

  private async runAll(note: string, cells: readonly Cell[], doing: string): Promise<void> {
    for (const [i, cell] of cells.entries()) {
      this.set(note, { busy: cells.length === 1 ? doing : `${doing} (${i + 1} of ${cells.length})` });
      await this.run(note, cell);
    }
  }

  private async run(
    note: string,
    cell: Cell,
    want: 'expected end' | 'any end' = 'expected end',
  ): Promise<RunSnapshot> {
    const run = await this.parts.desk.runNow(note, cell);
    if (run === null) throw new Stopped(null);
    const ended =
      run.status === 'done' || (want === 'any end' && run.status === 'failed' && run.exitStatus !== null);
    if (!ended) throw new Stopped(run.problem ?? unexpectedEnd(cell, run));
    return run;
  }

  /** Runs an action of a note when none is going on, and shows how it went. */
  private async act(
    note: string,
    doing: string,
    action: (lab: Lab, attempt: Attempt) => Promise<void>,
    { evenIfDrifted = false } = {},
  ): Promise<void> {
    const lab = this.labOf(note);
    if (lab === null || this.statusOf(note).busy !== null) return;
    this.set(note, { busy: doing, problem: null });
    try {
      const attempt = this.attemptOf(note);
      const isStart = doing === 'Starting';
      if (!isStart && attempt === null) throw new Stopped(notStarted());
      if (!isStart && attempt && !evenIfDrifted && doing !== 'Resetting' && doing !== 'Cleaning up') {
        await this.lookForDrift(note, attempt);
        if (this.statusOf(note).drifted) return;
      }
      await action(lab, attempt ?? beginAttempt(this.parts.now(), 0, false));
    } catch (error) {
      const shown =
        error instanceof Stopped ? error.problem : asProblem(error, 'This went wrong unexpectedly.');
      this.set(note, { problem: shown });
    } finally {
      this.set(note, { busy: null });
    }
  }

  private async lookForDrift(note: string, { startedAt }: Attempt): Promise<void> {
    const run = await this.run(note, tokenCell(startedAt), 'any end');
    this.set(note, { drifted: run.status !== 'done' });
  }

  private keep(note: string, attempt: Attempt): void {
    this.parts.attempts.set(note, attempt);
    this.changed.emit(note);
  }

  private set(note: string, change: Partial<LabStatus>): void {
    this.states.set(note, { ...this.statusOf(note), ...change });
    this.changed.emit(note);
  }
}
