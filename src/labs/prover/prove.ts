import type { LintFinding } from '../lint/finding';
import type { Lab } from '../lab';
import { lie, type Lie } from './findings';
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
  const lies = [...lintLies(lint), ...results.flatMap((result) => result.lies), ...neverSeen(lab, rows)];
  return { lies: withoutRepeats(lies), rows, ran: results.flatMap((result) => result.ran) };
}

function lintLies(lint: readonly LintFinding[]): Lie[] {
  return lint
    .filter(({ severity }) => severity === 'error')
    .map(({ cell, line, message }) => ({ kind: 'lint', cell, line, claimed: '', seen: message }));
}

/** A check counts only once it was seen failing and then passing. */
function neverSeen({ checks }: Lab, rows: readonly Row[]): Lie[] {
  if (rows.length === 0) return [];
  return checks.flatMap(({ id, cell }) => {
    const verdicts = rows.map((row) => row.verdicts[id]);
    const claimed = `The check \`${id}\` tells broken from whole.`;
    if (!verdicts.includes('fail') && !verdicts.includes('flaky')) {
      return [
        lie(
          'never-fails',
          cell,
          claimed,
          'It passed every time, before anything was built and with every fault.',
        ),
      ];
    }
    return verdicts.includes('pass') || verdicts.includes('flaky')
      ? []
      : [lie('never-passes', cell, claimed, 'It failed every time.')];
  });
}

/** The same finding of the same cell in several trials (a setup that fails in all of them) is told once. */
function withoutRepeats(lies: readonly Lie[]): Lie[] {
  const told = new Set<string>();
  return lies.filter(({ kind, cell, claimed }) => {
    const key = JSON.stringify([kind, cell, claimed]);
    return told.size < told.add(key).size;
  });
}
