import type { Cell } from '../../cells/cell';
import {
  beginAttempt,
  fromItsBeginning,
  isWanting,
  nextHint,
  nextSolution,
  withFault,
  withHint,
  withoutFault,
  withSolution,
  type Attempt,
} from '../../labs/attempt';
import type { Observed } from '../../labs/authoring/symptom';
import type { Check, Fault, Lab } from '../../labs/lab';
import { readRequirements } from '../../path/requirements';
import type { CellDesk } from '../cell/cellDesk';
import type { Emitter } from '../ui/emitter';
import type { Attempts } from './attempts';
import { LabChecks } from './labChecks';
import { blocked, noHint, noSolution, notStarted, notWhole } from './labProblems';
import type { Completion, LabProgress } from './labProgress';
import { LabRuns, stepsOf, Stopped } from './labRuns';
import { LabState, type LabStatus } from './labState';
import { observeFault } from './symptomRun';

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
  private readonly state: LabState;
  private readonly runs: LabRuns;
  private readonly checks: LabChecks;

  constructor(private readonly parts: LabDeskParts) {
    const { desk, attempts, progress, nodesOf, cellsOf, now } = parts;
    this.state = new LabState(attempts, cellsOf);
    this.runs = new LabRuns(desk, (note, busy) => this.state.set(note, { busy }), nodesOf);
    this.checks = new LabChecks({ desk, state: this.state, runs: this.runs, progress, now });
  }

  /** Something about the lab of this note changed. */
  get changed(): Emitter<string> {
    return this.state.changed;
  }

  labOf(note: string): Lab | null {
    return this.state.labOf(note);
  }

  /** What the lab of a note needs of its machine. */
  requirementsOf(note: string): readonly string[] {
    return readRequirements(this.parts.frontmatterOf(note));
  }

  attemptOf(note: string): Attempt | null {
    return this.state.attemptOf(note);
  }

  statusOf(note: string): LabStatus {
    return this.state.statusOf(note);
  }

  completionOf(note: string): Completion | null {
    return this.parts.progress.completion(note);
  }

  /** Sets up and checks the baseline. What an earlier attempt left is cleaned up first. */
  start(note: string): Promise<void> {
    return this.state.exclusively(note, 'Starting', async (lab) => {
      const { progress, now } = this.parts;
      const earlier = this.attemptOf(note);
      await this.runs.ask(note, [...(earlier === null ? [] : lab.cleanup), ...lab.setup, ...checkCells(lab)]);
      await this.requireMachine(note, this.requirementsOf(note));
      if (earlier !== null) await this.runs.cleanUp(note, lab);
      const attempt = beginAttempt(now(), progress.nextAttempt(note));
      this.state.keep(note, attempt);
      this.state.set(note, { drifted: false });
      await progress.began(note);
      await this.runs.setUp(note, lab, attempt);
      await this.checks.checkAll(note, lab);
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
          this.state.keep(note, withoutFault(attempt));
          await this.runs.replay(note, lab, attempt);
        } else if (isWanting(attempt, lab)) throw new Stopped(notWhole(attempt, lab), true);
        this.state.set(note, { busy: 'Breaking it' });
        await this.runs.putIn(note, fault.cell);
        this.state.keep(note, withFault(attempt, fault.id));
        await this.checks.checkAll(note, lab);
      },
    });
  }

  check(note: string): Promise<void> {
    return this.act(note, {
      doing: 'Checking',
      cells: checkCells,
      run: (lab) => this.checks.checkAll(note, lab, false),
    });
  }

  /** Runs one check by itself, in the background of whatever the learner does. */
  poll(note: string, check: Check): Promise<void> {
    return this.checks.poll(note, check);
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
        this.state.keep(note, withHint(attempt, hint.id, this.checks.said(run)));
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
        this.state.keep(note, withSolution(attempt, cell.id, cell.source));
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
        this.state.keep(note, null);
        this.state.set(note, { drifted: false });
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
        this.state.keep(note, fromItsBeginning(attempt));
        this.state.set(note, { drifted: false });
        await this.runs.setUp(note, lab, attempt);
        await this.checks.checkAll(note, lab);
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
        if (attempt.fault !== null) this.state.keep(note, withoutFault(attempt));
        await this.runs.replay(note, lab, attempt);
        const fault = faultOf(lab, attempt);
        if (fault) {
          await this.runs.putIn(note, fault.cell);
          this.state.keep(note, withFault(attempt, fault.id));
        }
        this.state.set(note, { drifted: false });
        await this.checks.checkAll(note, lab);
      },
    });
  }

  /** What the note's observations print without and with a fault; see `observeFault`. */
  observeFault(note: string, fault: Fault): Promise<readonly Observed[] | null> {
    return observeFault(this.state, this.runs, note, fault);
  }

  /** The run of a cell changed: a learner may have taken a step, broken something, or run a check where it stands. */
  noticeRun(note: string, cellId: string): void {
    this.checks.noticeRun(note, cellId);
  }

  rename(from: string, to: string): void {
    this.state.rename(from, to);
  }

  /** Says what the machine lacks before anything is changed on it. */
  private async requireMachine(note: string, requirements: readonly string[]): Promise<void> {
    const missing = await this.runs.missing(note, requirements);
    if (missing.length > 0) throw new Stopped(blocked(missing));
  }

  /** Runs an action of an attempt that goes on, on the machine it began on. */
  private act(note: string, { doing, cells, anyMachine = false, run }: Action): Promise<void> {
    return this.state.exclusively(note, doing, async (lab) => {
      const attempt = this.attemptOf(note);
      if (attempt === null) throw new Stopped(notStarted());
      const wanted = cells(lab, attempt);
      if (wanted.length > 0) await this.runs.ask(note, wanted);
      if (!anyMachine) {
        const drifted = !(await this.runs.isSameMachine(note, attempt));
        this.state.set(note, { drifted });
        if (drifted) return;
      }
      await run(lab, attempt);
    });
  }
}

function checkCells(lab: Lab): Cell[] {
  return lab.checks.map(({ cell }) => cell);
}

/** What runs on the way from nothing to where an attempt stands. */
function afresh(lab: Lab, attempt: Attempt): Cell[] {
  return [...lab.cleanup, ...lab.setup, ...stepsOf(attempt, lab)];
}
