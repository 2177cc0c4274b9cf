import type { Cell } from '../cells/cell';
import type { Fault, Lab, Layer } from './lab';

/** How a check ended when it was last run. */
export interface CheckState {
  readonly verdict: 'pass' | 'fail';
  /** The line it printed. */
  readonly said: string;
  /** How often the learner has tried in vain since it passed last, a fault was put in, or the attempt began. */
  readonly failures: number;
}

/** Help that was given: what a hint printed, or the text of a step of the solution. */
export interface Help {
  readonly kind: 'hint' | 'solution';
  /** Id of its cell. */
  readonly cell: string;
  readonly text: string;
}

/** A learner's attempt at a lab, from Start to Cleanup. A plain value, so that it can be kept between two starts of the app. */
export interface Attempt {
  /** Milliseconds since the epoch; also the token by which the machine is recognised. */
  readonly startedAt: number;
  /** Which choice of its variables has its turn; each attempt takes the next. */
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
  /** Checks seen failing since it was put in. */
  readonly symptoms: readonly string[];
  readonly solved: readonly string[];
  /** Faults found and mended in earlier attempts: a lab that comes back has others to offer first. */
  readonly practised: readonly string[];
  /** Ids of all hints and solutions that were shown in this attempt. */
  readonly hints: readonly string[];
  readonly solutions: readonly string[];
  /** The help for what is wrong now, in the order in which it was given. */
  readonly help: readonly Help[];
  /** Ids of the cells a learner ran as expected, in order: what "replay to here" runs again. */
  readonly steps: readonly string[];
  readonly completedAt: number | null;
}

export interface CheckResult {
  readonly id: string;
  readonly ok: boolean;
  readonly said: string;
  /** The lab ran it by itself, so that a failure is no try of the learner's. */
  readonly byItself?: boolean;
}

/** What an attempt begins from: its number, and what earlier ones have shown. */
export type Beginning = Pick<Attempt, 'turn' | 'isReview' | 'practised'>;

export function beginAttempt(startedAt: number, { turn, isReview, practised }: Beginning): Attempt {
  return {
    startedAt,
    turn,
    isReview,
    practised,
    checks: {},
    seenFailing: [],
    counted: [],
    fault: null,
    symptoms: [],
    solved: [],
    hints: [],
    solutions: [],
    help: [],
    steps: [],
    completedAt: null,
  };
}

/** The attempt after checks were run. An edge check that has passed once after failing stays passed. */
export function withChecks(attempt: Attempt, lab: Lab, results: readonly CheckResult[]): Attempt {
  const checks = { ...attempt.checks };
  const seenFailing = new Set(attempt.seenFailing);
  const counted = new Set(attempt.counted);
  const symptoms = new Set(attempt.symptoms);
  for (const { id, ok: holds, said, byItself = false } of results) {
    const isEdge = lab.checks.find((check) => check.id === id)?.mode === 'edge';
    const ok = holds || (isEdge && counted.has(id));
    const before = checks[id]?.failures ?? 0;
    const failures = ok ? 0 : byItself ? before : before + 1;
    checks[id] = {
      verdict: ok ? 'pass' : 'fail',
      said: holds === ok ? said : (checks[id]?.said ?? said),
      failures,
    };
    if (!ok) [seenFailing, symptoms].forEach((seen) => seen.add(id));
    else if (seenFailing.has(id)) counted.add(id);
  }
  const next = {
    ...attempt,
    checks,
    seenFailing: [...seenFailing],
    counted: [...counted],
    symptoms: [...symptoms],
  };
  if (next.fault === null) return allPass(checks, lab) ? { ...next, help: [] } : next;
  return isSolved(next, lab)
    ? { ...next, fault: null, solved: [...new Set([...next.solved, next.fault])], help: [] }
    : next;
}

/** The fault was taken out without having been found. */
export function withoutFault(attempt: Attempt): Attempt {
  return { ...attempt, fault: null, symptoms: [], checks: {}, help: [] };
}

/** What the checks said before says nothing of a machine that a fault was put into. */
export function withFault(attempt: Attempt, fault: string): Attempt {
  return { ...attempt, fault, checks: {}, symptoms: [], help: [] };
}

export function withHint(attempt: Attempt, id: string, text: string): Attempt {
  const help = [...attempt.help, { kind: 'hint' as const, cell: id, text }];
  return { ...attempt, hints: [...new Set([...attempt.hints, id])], help };
}

export function withSolution(attempt: Attempt, id: string, text: string): Attempt {
  const help = [...attempt.help, { kind: 'solution' as const, cell: id, text }];
  return { ...attempt, solutions: [...new Set([...attempt.solutions, id])], help };
}

/** The same attempt at its beginning: what it needed and what counts stays. */
export function fromItsBeginning(attempt: Attempt): Attempt {
  return { ...withoutFault(attempt), steps: [] };
}

export function withStep(attempt: Attempt, cell: string): Attempt {
  return { ...attempt, steps: [...attempt.steps.filter((id) => id !== cell), cell] };
}

/** Whether a fault is over: what it breaks was seen failing, and now everything passes. */
function isSolved({ fault, checks, symptoms }: Attempt, lab: Lab): boolean {
  const breaks = lab.faults.find(({ id }) => id === fault)?.breaks ?? [];
  return breaks.some((id) => symptoms.includes(id)) && allPass(checks, lab);
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

/** Whether something fails that no fault has broken, so that a fault could not be told from it. */
export function isWanting({ checks }: Attempt, lab: Lab): boolean {
  return lab.checks.some(({ id, mode }) => mode === 'level' && checks[id]?.verdict === 'fail');
}

/** The first of the note's steps that the learner has not taken, or null. */
export function nextStep({ steps }: Attempt, lab: Lab): Cell | null {
  return lab.cells.find(({ id, role }) => role === 'step' && !steps.includes(id)) ?? null;
}

/** Whether the steps of the note are what the checks wait for: nothing is broken, it is not built yet. */
export function isUnbuilt(attempt: Attempt, lab: Lab): boolean {
  return attempt.fault === null && isWanting(attempt, lab) && nextStep(attempt, lab) !== null;
}

/** The layer of the first check that fails, from the cable up; undefined when none fails. */
export function firstFailingLayer({ checks }: Attempt, lab: Lab): Layer | null | undefined {
  return lab.checks.find(({ id }) => checks[id]?.verdict === 'fail')?.layer;
}

/**
 * The next hint for the first failing check that has one not shown yet; `asked` offers it before its time. While a lab
 * that has faults is being built there is none: its hints are about what will be broken, and would give that away.
 */
export function nextHint(attempt: Attempt, lab: Lab, asked: boolean): Lab['hints'][number] | null {
  if (lab.faults.length > 0 && isUnbuilt(attempt, lab)) return null;
  for (const { id } of lab.checks) {
    const state = attempt.checks[id];
    if (state?.verdict !== 'fail') continue;
    const hint = lab.hints.find(
      (each) =>
        (each.checks.length === 0 || each.checks.includes(id)) &&
        !attempt.help.some(({ cell }) => cell === each.id) &&
        (asked || state.failures >= each.after),
    );
    if (hint) return hint;
  }
  return null;
}

/**
 * The faults worth putting in next: in a review those not practised before, then those that show a check not seen failing
 * yet, then those not solved, then all.
 */
export function usefulFaults(attempt: Attempt, lab: Lab, layer: Layer | null = null): readonly Fault[] {
  const offered = lab.faults.filter((fault) => layer === null || fault.layer === layer);
  const unsolved = offered.filter(({ id }) => !attempt.solved.includes(id));
  const unknown = attempt.isReview ? unsolved.filter(({ id }) => !attempt.practised.includes(id)) : [];
  const telling = unsolved.filter(({ breaks }) => breaks.some((id) => !attempt.counted.includes(id)));
  return [unknown, telling, unsolved, offered].find((faults) => faults.length > 0) ?? [];
}

/** The faults practised so far, this attempt among them; when there is no other left, only those of this attempt. */
export function practisedFaults({ practised, solved }: Attempt, lab: Lab): readonly string[] {
  const all = [...new Set([...practised, ...solved])];
  return lab.faults.every(({ id }) => all.includes(id)) ? solved : all;
}

/** The steps of the solution for what is wrong now: of the fault that is in, else what builds the lab. */
export function solutionSteps({ fault }: Attempt, lab: Lab): Lab['build'] {
  return lab.faults.find(({ id }) => id === fault)?.solutions ?? lab.build;
}

/** The next of these steps that is not shown. */
export function nextSolution(attempt: Attempt, lab: Lab): Lab['build'][number] | null {
  const shown = new Set(attempt.help.map(({ cell }) => cell));
  return solutionSteps(attempt, lab).find(({ id }) => !shown.has(id)) ?? null;
}
