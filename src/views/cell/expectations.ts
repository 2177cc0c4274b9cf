import type { Cell } from '../../cells/cell';
import { textOf } from '../../cells/options';
import { expectedOutput } from '../../labs/expected';
import { compareOutput, type ExpectedOutput, type Mismatch } from '../../output/expectation';

/** An `expect` fence of a cell, held against its output. */
export interface Verdict {
  readonly fence: Cell;
  readonly expected: ExpectedOutput;
  /** Null when the output is as expected. */
  readonly mismatch: Mismatch | null;
}

/** The expectations a note has of one of its cells, for `of=` its id or name. */
export function expectationsOf(cell: Cell, note: readonly Cell[]): Cell[] {
  return note.filter(({ role, attributes }) => {
    const of = role === 'expect' ? textOf(attributes, 'of') : null;
    return of !== null && (of === cell.id || of === cell.name) && attributes['fault'] === undefined;
  });
}

export function judge(fence: Cell, output: string): Verdict {
  const expected = expectedOutput(fence);
  return { fence, expected, mismatch: compareOutput(expected, output) };
}
