import type { LintFinding } from '../lint/finding';
import type { Lab } from '../lab';
import { lie, type Lie, type LieKind } from './findings';
import type { Ran, Row, TrialResult } from './proof';

/** What all trials of a lab have shown together. */
export interface Proof {
  /** Empty when all that the note claims is so. */
  readonly lies: readonly Lie[];
  /** The matrix: every state in which the checks were run, in the order of the note. */
  readonly rows: readonly Row[];
  readonly ran: readonly Ran[];
}

/** Puts the results of the trials together and judges what only all of them can show. */
export function concludeProof(
  lab: Lab,
  lint: readonly LintFinding[],
  results: readonly TrialResult[],
): Proof {
  const rows = results.flatMap((result) => result.rows);
  const seen = results.flatMap((result) => result.lies);
  const lies = [...lintLies(lint), ...withoutConsequences(seen), ...neverFailing(lab, rows, seen)];
  return { lies: withoutRepeats(lies), rows, ran: results.flatMap((result) => result.ran) };
}

/** A check that fails though nothing is broken fails after every solution as well. */
function withoutConsequences(lies: readonly Lie[]): Lie[] {
  const wrong = lies.filter(({ kind }) => kind === 'baseline').map(({ cell }) => cell);
  return lies.filter(({ kind, check }) => kind !== 'does-not-mend' || !wrong.includes(check));
}

function lintLies(lint: readonly LintFinding[]): Lie[] {
  return lint
    .filter(({ severity }) => severity === 'error')
    .map(({ cell, line, message }) => ({
      kind: 'lint',
      cell,
      line,
      check: null,
      claimed: '',
      seen: message,
    }));
}

/** Where one of these happened, not every state was reached. */
const CUT_SHORT: ReadonlySet<LieKind> = new Set<LieKind>([
  'machine',
  'setup-fails',
  'step-fails',
  'fault-fails',
]);

/** A check counts only once it was seen failing and then passing. */
function neverFailing({ checks }: Lab, rows: readonly Row[], lies: readonly Lie[]): Lie[] {
  if (rows.length === 0 || lies.some(({ kind }) => CUT_SHORT.has(kind))) return [];
  return checks
    .filter(({ id }) => rows.every(({ verdicts }) => verdicts[id] === 'pass'))
    .map(({ id, cell }) =>
      lie(
        'never-fails',
        cell,
        `The check \`${id}\` tells broken from whole.`,
        'It passed every time, before anything was built and with every fault.',
      ),
    );
}

/** The same finding of the same cell in several trials or states is told once. */
function withoutRepeats(lies: readonly Lie[]): Lie[] {
  const told = new Set<string>();
  const isNew = (...key: (string | null)[]) => told.size < told.add(JSON.stringify(key)).size;
  return lies.filter(({ kind, cell, claimed, seen, check }) => {
    const isOther = isNew('claimed', kind, cell, check, claimed);
    return isNew('seen', kind, cell, check, seen) && isOther;
  });
}
