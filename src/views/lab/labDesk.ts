import { asProblem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import {
  beginAttempt,
  fromItsBeginning,
  isComplete,
  isWanting,
  nextHint,
  nextSolution,
  withChecks,
  withFault,
  withHint,
  withoutFault,
  withSolution,
  withStep,
  type Attempt,
  type CheckResult,
} from '../../labs/attempt';
import { lookingCells, type Observed } from '../../labs/authoring/symptom';
import { isLab, readLab, type Check, type Fault, type Lab } from '../../labs/lab';
import { readRequirements } from '../../path/requirements';
import { chooseValues, readLabVars, type LabValues } from '../../labs/vars';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import { maskKnown } from '../../trust/secretText';
import type { CellDesk } from '../cell/cellDesk';
import { Emitter } from '../ui/emitter';
import type { Attempts } from './attempts';
import { blocked, noHint, noSolution, nothingLooks, notStarted, notWhole } from './labProblems';
import type { Completion, LabProgress } from './labProgress';
import { LabRuns, stepsOf, Stopped } from './labRuns';

export interface LabDeskParts {
  readonly desk: CellDesk;
  readonly attempts: Attempts;
  readonly progress: LabProgress;
  /** How many nodes the machine of a note has. */
  readonly nodesOf: (note: string) => number;
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
  /** The problem is none: there was only nothing to do. */
  readonly isMild: boolean;
  /** The machine is not the one the attempt began on. */
  readonly drifted: boolean;
}

const QUIET: LabStatus = { busy: null, problem: null, isMild: false, drifted: false };

/** What is done on a lab whose attempt goes on. */
interface Action {
  /** Words without a full stop. */
  readonly doing: string;
  /** What it will run, so that it is asked for at once. */
  readonly cells: (lab: Lab, attempt: Attempt) => readonly Cell[];
  /** It does not mind another machine than the attempt began on. */
  readonly anyMachine?: boolean;
  readonly run: (lab: Lab, attempt: Attempt) => Promise<void>;
}

/** What a learner does with a lab, from Start to Cleanup. One action of a note at a time. */
export class LabDesk {
  /** Something about the lab of this note changed. */
  readonly changed = new Emitter<string>();
  private readonly states = new Map<string, LabStatus>();
  /** The check that runs by itself right now, by note. */
  private readonly ticking = new Map<string, string>();
  /** When the run began that was noticed last, by note and cell. */
  private readonly noticed = new Map<string, number | null>();
  private readonly runs: LabRuns;

  constructor(private readonly parts: LabDeskParts) {
    this.runs = new LabRuns(parts.desk, (note, busy) => this.set(note, { busy }), parts.nodesOf);
  }

  labOf(note: string): Lab | null {
    const cells = this.parts.cellsOf(note);
    return isLab(cells) ? readLab(cells) : null;
  }

  /** What the lab of a note needs of its machine. */
  requirementsOf(note: string): readonly string[] {
    return readRequirements(this.parts.frontmatterOf(note));
  }

  attemptOf(note: string): Attempt | null {
    return this.parts.attempts.of(note);
  }

  statusOf(note: string): LabStatus {
    return this.states.get(note) ?? QUIET;
  }

  completionOf(note: string): Completion | null {
    return this.parts.progress.completion(note);
  }

  /** What the cells of the note find in their environment. */
  valuesOf(note: string): LabValues {
    const vars = readLabVars(this.parts.frontmatterOf(note));
    return vars.length === 0 ? {} : chooseValues(vars, this.attemptOf(note)?.turn ?? 0);
  }

  /** Sets up and checks the baseline. What an earlier attempt left is cleaned up first. */
  start(note: string): Promise<void> {
    return this.exclusively(note, 'Starting', async (lab) => {
      const { progress, now } = this.parts;
      const earlier = this.attemptOf(note);
      await this.runs.ask(note, [...(earlier === null ? [] : lab.cleanup), ...lab.setup, ...checkCells(lab)]);
      await this.requireMachine(note, this.requirementsOf(note));
      if (earlier !== null) await this.runs.cleanUp(note, lab);
      const attempt = beginAttempt(now(), progress.nextAttempt(note));
      this.keep(note, attempt);
      this.set(note, { drifted: false });
      await progress.began(note);
      await this.runs.setUp(note, lab, attempt);
      await this.checkAll(note, lab);
    });
  }

  /**
   * Puts in a fault, and looks what it breaks. One that is in already is cleaned away first, because every fault starts
   * from a clean state.
   */
  breakIt(note: string, fault: Fault): Promise<void> {
    return this.act(note, {
      doing: 'Breaking it',
      cells: (lab, attempt) => [
        ...(attempt.fault === null ? [] : afresh(lab, attempt)),
        fault.cell,
        ...checkCells(lab),
      ],
      run: async (lab, attempt) => {
        if (attempt.fault !== null) {
          this.keep(note, withoutFault(attempt));
          await this.runs.replay(note, lab, attempt);
        } else if (isWanting(attempt, lab)) throw new Stopped(notWhole(attempt, lab), true);
        this.set(note, { busy: 'Breaking it' });
        await this.runs.putIn(note, fault.cell);
        this.keep(note, withFault(attempt, fault.id));
        await this.checkAll(note, lab);
      },
    });
  }

  check(note: string): Promise<void> {
    return this.act(note, {
      doing: 'Checking',
      cells: checkCells,
      run: (lab) => this.checkAll(note, lab, false),
    });
  }

  /** Runs one check by itself, in the background of whatever the learner does. */
  async poll(note: string, check: Check): Promise<void> {
    const lab = this.labOf(note);
    const { busy, drifted } = this.statusOf(note);
    if (lab === null || this.attemptOf(note) === null || this.ticking.has(note)) return;
    if (busy !== null || drifted) return;
    this.ticking.set(note, check.id);
    try {
      const run = await this.parts.desk.runNow(note, check.cell);
      if (run === null || run.exitStatus === null || this.statusOf(note).busy !== null) return;
      this.noticed.set(placeOf(note, check.id), run.startedAt);
      await this.take(note, lab, { ...this.resultOf(check.id, run), byItself: true });
    } finally {
      this.ticking.delete(note);
    }
  }

  hint(note: string): Promise<void> {
    return this.act(note, {
      doing: 'Looking for a hint',
      cells: (lab, attempt) => {
        const hint = nextHint(attempt, lab, true);
        return hint === null ? [] : [hint.cell];
      },
      run: async (lab, attempt) => {
        const hint = nextHint(attempt, lab, true);
        if (hint === null) throw new Stopped(noHint(attempt, lab), true);
        const run = await this.runs.run(note, hint.cell);
        this.keep(note, withHint(attempt, hint.id, this.said(run)));
      },
    });
  }

  /** Shows the next step of the solution; running it stays the learner's. */
  solution(note: string): Promise<void> {
    return this.act(note, {
      doing: 'Looking it up',
      cells: () => [],
      anyMachine: true,
      run: (lab, attempt) => {
        const cell = nextSolution(attempt, lab);
        if (cell === null) throw new Stopped(noSolution(attempt, lab), true);
        this.keep(note, withSolution(attempt, cell.id, cell.source));
        return Promise.resolve();
      },
    });
  }

  /** Ends the attempt and takes everything away. */
  cleanUp(note: string): Promise<void> {
    return this.act(note, {
      doing: 'Cleaning up',
      cells: ({ cleanup }) => cleanup,
      anyMachine: true,
      run: async (lab) => {
        await this.runs.cleanUp(note, lab);
        this.parts.attempts.set(note, null);
        this.set(note, { drifted: false });
      },
    });
  }

  /** Cleanup, a new session, and setup: the same attempt from its beginning. */
  reset(note: string): Promise<void> {
    return this.act(note, {
      doing: 'Resetting',
      cells: (lab) => [...lab.cleanup, ...lab.setup, ...checkCells(lab)],
      anyMachine: true,
      run: async (lab, attempt) => {
        await this.runs.cleanUp(note, lab);
        this.keep(note, fromItsBeginning(attempt));
        this.set(note, { drifted: false });
        await this.runs.setUp(note, lab, attempt);
        await this.checkAll(note, lab);
      },
    });
  }

  /** Brings a machine that was reset meanwhile to where the attempt stands: setup, the steps taken, the fault. */
  replay(note: string): Promise<void> {
    const faultOf = (lab: Lab, attempt: Attempt) => lab.faults.find(({ id }) => id === attempt.fault);
    return this.act(note, {
      doing: 'Replaying',
      cells: (lab, attempt) => {
        const fault = faultOf(lab, attempt);
        return [...afresh(lab, attempt), ...(fault ? [fault.cell] : []), ...checkCells(lab)];
      },
      anyMachine: true,
      run: async (lab, attempt) => {
        if (attempt.fault !== null) this.keep(note, withoutFault(attempt));
        await this.runs.replay(note, lab, attempt);
        const fault = faultOf(lab, attempt);
        if (fault) {
          await this.runs.putIn(note, fault.cell);
          this.keep(note, withFault(attempt, fault.id));
        }
        this.set(note, { drifted: false });
        await this.checkAll(note, lab);
      },
    });
  }

  /**
   * What the note's observations print while nothing is broken and while a fault is in, from a clean state to a clean
   * state; null when it did not come to that, which the strip then says. It ends an attempt that goes on.
   */
  async observeFault(note: string, fault: Fault): Promise<readonly Observed[] | null> {
    let observed: readonly Observed[] | null = null;
    await this.exclusively(note, 'Capturing the symptom', async (lab) => {
      const looks = lookingCells(lab);
      if (looks.length === 0) throw new Stopped(nothingLooks());
      const steps = lab.body.filter(({ role }) => role !== 'observe');
      await this.runs.ask(note, [...lab.cleanup, ...lab.setup, ...steps, ...looks, fault.cell]);
      try {
        await this.runs.cleanUp(note, lab);
        this.parts.attempts.set(note, null);
        await this.runs.runAll(note, lab.setup, 'Setting up');
        await this.runs.runAll(note, steps, 'Taking the steps');
        const whole = await this.runs.look(note, looks);
        await this.runs.putIn(note, fault.cell);
        const broken = await this.runs.look(note, looks);
        observed = looks.map(({ id }, i) => ({ of: id, whole: whole[i] ?? '', broken: broken[i] ?? '' }));
      } finally {
        await this.runs.cleanUp(note, lab);
      }
    });
    return observed;
  }

  /** The run of a cell changed: a learner may have taken a step, broken something, or run a check where it stands. */
  noticeRun(note: string, cellId: string): void {
    const attempt = this.attemptOf(note);
    const run = this.parts.desk.store.get(note, cellId);
    if (attempt === null || run === null || this.statusOf(note).busy !== null) return;
    if (isActive(run) || this.ticking.get(note) === cellId) return;
    const place = placeOf(note, cellId);
    if (this.noticed.get(place) === run.startedAt) return;
    this.noticed.set(place, run.startedAt);
    const lab = this.labOf(note);
    const cell = lab?.cells.find(({ id }) => id === cellId);
    if (cell?.role === 'step' && run.status === 'done') this.keep(note, withStep(attempt, cellId));
    if (cell?.role === 'fault' && run.status === 'done') this.keep(note, withFault(attempt, cellId));
    if (cell?.role === 'check' && lab && run.exitStatus !== null) {
      void this.take(note, lab, this.resultOf(cellId, run));
    }
  }

  rename(from: string, to: string): void {
    this.parts.attempts.rename(from, to);
    const state = this.states.get(from);
    this.states.delete(from);
    if (state) this.states.set(to, state);
  }

  /** Says what the machine lacks before anything is changed on it. */
  private async requireMachine(note: string, requirements: readonly string[]): Promise<void> {
    const missing = await this.runs.missing(note, requirements);
    if (missing.length > 0) throw new Stopped(blocked(missing));
  }

  private resultOf(id: string, run: RunSnapshot): CheckResult {
    return { id, ok: run.status === 'done', said: this.said(run) };
  }

  /** What a run printed, as it may be kept on this device. */
  private said(run: RunSnapshot): string {
    return maskKnown(run.output.plain(), this.parts.desk.params.secrets).trim();
  }

  private async checkAll(note: string, lab: Lab, byItself = true): Promise<void> {
    for (const [i, { id, cell }] of lab.checks.entries()) {
      this.set(note, { busy: `Checking (${i + 1} of ${lab.checks.length})` });
      const run = await this.runs.run(note, cell, 'any end');
      await this.take(note, lab, { ...this.resultOf(id, run), byItself });
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
    if (!isNew) return;
    await this.parts.progress.completed(note, lab, next);
    this.changed.emit(note);
  }

  /** Runs an action of an attempt that goes on, on the machine it began on. */
  private act(note: string, { doing, cells, anyMachine = false, run }: Action): Promise<void> {
    return this.exclusively(note, doing, async (lab) => {
      const attempt = this.attemptOf(note);
      if (attempt === null) throw new Stopped(notStarted());
      const wanted = cells(lab, attempt);
      if (wanted.length > 0) await this.runs.ask(note, wanted);
      if (!anyMachine) {
        const drifted = !(await this.runs.isSameMachine(note, attempt));
        this.set(note, { drifted });
        if (drifted) return;
      }
      await run(lab, attempt);
    });
  }

  /** Does something with a note's lab when nothing else is done with it, and shows how it went. */
  private async exclusively(note: string, doing: string, action: (lab: Lab) => Promise<void>): Promise<void> {
    const lab = this.labOf(note);
    if (lab === null || this.statusOf(note).busy !== null) return;
    this.set(note, { busy: doing, problem: null });
    try {
      await action(lab);
    } catch (error) {
      const stopped =
        error instanceof Stopped ? error : new Stopped(asProblem(error, 'This went wrong unexpectedly.'));
      this.set(note, { problem: stopped.problem, isMild: stopped.isMild });
    } finally {
      this.set(note, { busy: null });
    }
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

function checkCells(lab: Lab): Cell[] {
  return lab.checks.map(({ cell }) => cell);
}

/** What runs on the way from nothing to where an attempt stands. */
function afresh(lab: Lab, attempt: Attempt): Cell[] {
  return [...lab.cleanup, ...lab.setup, ...stepsOf(attempt, lab)];
}

function placeOf(note: string, cell: string): string {
  return `${note}\0${cell}`;
}
