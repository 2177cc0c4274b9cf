import { isComplete, withChecks, withFault, withStep, type CheckResult } from '../../labs/attempt';
import type { Check, Lab } from '../../labs/lab';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import { maskKnown } from '../../trust/secretText';
import type { CellDesk } from '../cell/cellDesk';
import type { LabProgress } from './labProgress';
import type { LabRuns } from './labRuns';
import type { LabState } from './labState';

export interface LabChecksParts {
  readonly desk: CellDesk;
  readonly state: LabState;
  readonly runs: LabRuns;
  readonly progress: LabProgress;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What runs say about an attempt, whoever began them: checks of an action, checks that tick, cells the learner ran. */
export class LabChecks {
  /** The check that runs by itself right now, by note. */
  private readonly ticking = new Map<string, string>();
  /** When the run began that was noticed last, by note and cell. */
  private readonly noticed = new Map<string, number | null>();

  constructor(private readonly parts: LabChecksParts) {}

  async checkAll(note: string, lab: Lab, byItself = true): Promise<void> {
    const { state, runs } = this.parts;
    for (const [i, { id, cell }] of lab.checks.entries()) {
      state.set(note, { busy: `Checking (${i + 1} of ${lab.checks.length})` });
      const run = await runs.run(note, cell, 'any end');
      await this.take(note, lab, { ...this.resultOf(id, run), byItself });
    }
  }

  /** Runs one check by itself, in the background of whatever the learner does. */
  async poll(note: string, check: Check): Promise<void> {
    const { state, desk } = this.parts;
    const lab = state.labOf(note);
    const { busy, drifted } = state.statusOf(note);
    if (lab === null || state.attemptOf(note) === null || this.ticking.has(note)) return;
    if (busy !== null || drifted) return;
    this.ticking.set(note, check.id);
    try {
      const run = await desk.runNow(note, check.cell);
      if (run === null || run.exitStatus === null || state.statusOf(note).busy !== null) return;
      this.noticed.set(placeOf(note, check.id), run.startedAt);
      await this.take(note, lab, { ...this.resultOf(check.id, run), byItself: true });
    } finally {
      this.ticking.delete(note);
    }
  }

  /** The run of a cell changed: a learner may have taken a step, broken something, or run a check where it stands. */
  noticeRun(note: string, cellId: string): void {
    const { state, desk } = this.parts;
    const attempt = state.attemptOf(note);
    const run = desk.store.get(note, cellId);
    if (attempt === null || run === null || state.statusOf(note).busy !== null) return;
    if (isActive(run) || this.ticking.get(note) === cellId) return;
    const place = placeOf(note, cellId);
    if (this.noticed.get(place) === run.startedAt) return;
    this.noticed.set(place, run.startedAt);
    const lab = state.labOf(note);
    const cell = lab?.cells.find(({ id }) => id === cellId);
    if (cell?.role === 'step' && run.status === 'done') state.keep(note, withStep(attempt, cellId));
    if (cell?.role === 'fault' && run.status === 'done') state.keep(note, withFault(attempt, cellId));
    if (cell?.role === 'check' && lab && run.exitStatus !== null) {
      void this.take(note, lab, this.resultOf(cellId, run));
    }
  }

  /** What a run printed, as it may be kept on this device. */
  said(run: RunSnapshot): string {
    return maskKnown(run.output.plain(), this.parts.desk.params.secrets).trim();
  }

  private resultOf(id: string, run: RunSnapshot): CheckResult {
    return { id, ok: run.status === 'done', said: this.said(run) };
  }

  /** A check has ended. */
  private async take(note: string, lab: Lab, result: CheckResult): Promise<void> {
    const { state, progress, now } = this.parts;
    const before = state.attemptOf(note);
    if (before === null) return;
    const attempt = withChecks(before, lab, [result]);
    const isNew = attempt.completedAt === null && isComplete(attempt, lab);
    const next = isNew ? { ...attempt, completedAt: now() } : attempt;
    state.keep(note, next);
    if (!isNew) return;
    await progress.completed(note, lab, next);
    state.changed.emit(note);
  }
}

function placeOf(note: string, cell: string): string {
  return `${note}\0${cell}`;
}
