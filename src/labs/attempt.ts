import type { Fault, Lab, Layer } from './lab';

/** How a check ended when it was last run. */
export interface CheckState {
  readonly verdict: 'pass' | 'fail';
  /** The line it printed. */
  readonly said: string;
  /** How often in a row it has failed since a fault was put in or the attempt began. */
  readonly failures: number;
}

/** A learner's attempt at a lab, from Start to Cleanup. A plain value, so that it can be kept between two starts of the app. */
export interface Attempt {
  /** Milliseconds since the epoch; also the token by which the machine is recognised. */
  readonly startedAt: number;
  /** Counts attempts at this lab from 0; chooses the values of its variables. */
  readonly turn: number;
  /** The lab was completed before and is due again. */
  readonly isReview: boolean;
  /** Last results, by id of the check. */
  readonly checks: Readonly<Record<string, CheckState>>;
  /** Checks seen failing, and those of them seen passing afterwards: these count. */
  readonly seenFailing: readonly string[];
  readonly counted: readonly string[];
  /** Id of the fault that is in. */
  readonly fault: string | null;
  readonly solved: readonly string[];
  /** Ids of hints and solutions that were shown. */
  readonly hints: readonly string[];
  readonly solutions: readonly string[];
  /** Ids of the cells a learner ran as expected, in order: what "replay to here" runs again. */
  readonly steps: readonly string[];
  readonly completedAt: number | null;
}

export interface CheckResult {
  readonly id: string;
  readonly ok: boolean;
  readonly said: string;
}

export function beginAttempt(startedAt: number, turn: number, isReview: boolean): Attempt {
  return {
    startedAt,
    turn,
    isReview,
    checks: {},
    seenFailing: [],
    counted: [],
    fault: null,
    solved: [],
    hints: [],
    solutions: [],
    steps: [],
    completedAt: null,
  };
}

/** The attempt after checks were run. An edge check that has passed once after failing stays passed. */
export function withChecks(attempt: Attempt, lab: Lab, results: readonly CheckResult[]): Attempt {
  const checks = { ...attempt.checks };
  const seenFailing = new Set(attempt.seenFailing);
  const counted = new Set(attempt.counted);
  for (const { id, ok, said } of results) {
    const isEdge = lab.checks.find((check) => check.id === id)?.mode === 'edge';
    if (!ok && isEdge && counted.has(id)) continue;
    const failures = ok ? 0 : (checks[id]?.failures ?? 0) + 1;
    checks[id] = { verdict: ok ? 'pass' : 'fail', said, failures };
    if (!ok) seenFailing.add(id);
    else if (seenFailing.has(id)) counted.add(id);
  }
  const next = { ...attempt, checks, seenFailing: [...seenFailing], counted: [...counted] };
  return isSolved(next, lab) && next.fault !== null
    ? { ...next, fault: null, solved: [...new Set([...next.solved, next.fault])] }
    : next;
}

export function withFault(attempt: Attempt, fault: string): Attempt {
  const checks = Object.fromEntries(
    Object.entries(attempt.checks).map(([id, state]) => [id, { ...state, failures: 0 }]),
  );
  return { ...attempt, fault, checks };
}

export function withStep(attempt: Attempt, cell: string): Attempt {
  return { ...attempt, steps: [...attempt.steps.filter((id) => id !== cell), cell] };
}

/** Whether a fault is over: what it breaks was seen failing, and now everything passes. */
function isSolved({ fault, checks, seenFailing }: Attempt, lab: Lab): boolean {
  const breaks = lab.faults.find(({ id }) => id === fault)?.breaks ?? [];
  return breaks.some((id) => seenFailing.includes(id)) && allPass(checks, lab);
}

function allPass(checks: Attempt['checks'], lab: Lab): boolean {
  return lab.checks.every(({ id }) => checks[id]?.verdict === 'pass');
}

/**
 * Whether the attempt completes the lab: everything passes, and every check that can fail was seen failing before. For a
 * lab that is only due again one thing found and mended is enough.
 */
export function isComplete(attempt: Attempt, lab: Lab): boolean {
  if (lab.checks.length === 0 || attempt.fault !== null || !allPass(attempt.checks, lab)) return false;
  return attempt.isReview
    ? attempt.counted.length > 0
    : lab.checks.every(({ id }) => attempt.counted.includes(id));
}

/** The layer of the first check that fails, from the cable up; undefined when none fails. */
export function firstFailingLayer({ checks }: Attempt, lab: Lab): Layer | null | undefined {
  return lab.checks.find(({ id }) => checks[id]?.verdict === 'fail')?.layer;
}

/** The next hint for the first failing check that has one not shown yet; `asked` offers it before its time. */
export function nextHint(attempt: Attempt, lab: Lab, asked: boolean): Lab['hints'][number] | null {
  for (const { id } of lab.checks) {
    const state = attempt.checks[id];
    if (state?.verdict !== 'fail') continue;
    const hint = lab.hints.find(
      (each) =>
        (each.checks.length === 0 || each.checks.includes(id)) &&
        !attempt.hints.includes(each.id) &&
        (asked || state.failures >= each.after),
    );
    if (hint) return hint;
  }
  return null;
}

/** The faults worth putting in next: those that show a check not seen failing yet, else those not solved, else all. */
export function usefulFaults(attempt: Attempt, lab: Lab, layer: Layer | null = null): readonly Fault[] {
  const offered = lab.faults.filter((fault) => layer === null || fault.layer === layer);
  const unsolved = offered.filter(({ id }) => !attempt.solved.includes(id));
  const telling = unsolved.filter(({ breaks }) => breaks.some((id) => !attempt.counted.includes(id)));
  return [telling, unsolved, offered].find((faults) => faults.length > 0) ?? [];
}

/** The next solution to reveal for what is wrong now: of the fault that is in, else what builds the lab. */
export function nextSolution(attempt: Attempt, lab: Lab): Lab['build'][number] | null {
  const fault = lab.faults.find(({ id }) => id === attempt.fault);
  const cells = fault ? fault.solutions : lab.build;
  return cells.find(({ id }) => !attempt.solutions.includes(id)) ?? null;
}
