import type { Cell } from '../../cells/cell';
import { acceptExpected, writeExpected } from '../../cells/expectEdit';
import { applyEdit } from '../../cells/pin';
import { compareOutput, MASKS } from '../../output/expectation';
import type { Lab } from '../lab';
import { maskFor } from './varying';

/** What one observation printed while nothing was broken, and while a fault was in. */
export interface Observed {
  /** Id of the cell. */
  readonly of: string;
  readonly whole: string;
  readonly broken: string;
}

/** The observations that show the fault: numbers, times and addresses alone do not. */
export function symptomsOf(observed: readonly Observed[]): readonly Observed[] {
  return observed.filter(
    ({ whole, broken }) => compareOutput({ text: whole, match: 'lines', masks: MASKS }, broken) !== null,
  );
}

/** What "Capture symptom" looks with: cells that print and change nothing, and have a name to refer to. */
export function lookingCells({ body }: Lab): Cell[] {
  return body.filter(({ role, id }) => role === 'observe' && !id.startsWith('cell-'));
}

/** The note with the symptoms of a fault as expected outputs below it; those it has already are brought up to date. */
export function writeSymptoms(text: string, lab: Lab, fault: string, symptoms: readonly Observed[]): string {
  // From the last to the first, because each new one goes directly below the fault.
  return [...symptoms].reverse().reduce((before, { of, broken }) => {
    const there = lab.expectations.find((each) => each.of === of && each.fault === fault);
    const more = [`fault=${fault}`, maskFor(broken)].filter((key) => key !== '').join(' ');
    const edit = there
      ? acceptExpected(before, there.cell.id, broken)
      : writeExpected(before, { below: fault, of, more }, broken);
    return edit === null ? before : applyEdit(before, edit);
  }, text);
}
