import { asProblem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import type { Attempt } from '../../labs/attempt';
import { isLab, readLab, type Lab } from '../../labs/lab';
import { Emitter } from '../ui/emitter';
import type { Attempts } from './attempts';
import { Stopped } from './labRuns';

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

/** How the lab of each note stands: the attempt that goes on, and what is being done with it. */
export class LabState {
  /** Something about the lab of this note changed. */
  readonly changed = new Emitter<string>();
  private readonly states = new Map<string, LabStatus>();

  constructor(
    private readonly attempts: Attempts,
    /** Cells of a note as it stands now. */
    private readonly cellsOf: (note: string) => readonly Cell[],
  ) {}

  labOf(note: string): Lab | null {
    const cells = this.cellsOf(note);
    return isLab(cells) ? readLab(cells) : null;
  }

  attemptOf(note: string): Attempt | null {
    return this.attempts.of(note);
  }

  statusOf(note: string): LabStatus {
    return this.states.get(note) ?? QUIET;
  }

  /** @param attempt null when it is over */
  keep(note: string, attempt: Attempt | null): void {
    this.attempts.set(note, attempt);
    this.changed.emit(note);
  }

  set(note: string, change: Partial<LabStatus>): void {
    this.states.set(note, { ...this.statusOf(note), ...change });
    this.changed.emit(note);
  }

  rename(from: string, to: string): void {
    this.attempts.rename(from, to);
    const state = this.states.get(from);
    this.states.delete(from);
    if (state) this.states.set(to, state);
  }

  /** Does something with a note's lab when nothing else is done with it, and shows how it went. */
  async exclusively(note: string, doing: string, action: (lab: Lab) => Promise<void>): Promise<void> {
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
}
