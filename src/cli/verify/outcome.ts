import type { LintFinding } from '../../labs/lint/finding';
import type { Lab } from '../../labs/lab';
import type { Proof } from '../../labs/prover/prove';
import type { LabNote } from './labNotes';
import type { MachineFacts } from './machineFacts';

/** What became of one lab. */
export interface LabOutcome {
  readonly note: LabNote;
  readonly lab: Lab;
  /**
   * `proved`: all it claims was seen. `refuted`: something was not. `blocked`: the machine lacks something it requires.
   * `elsewhere`: it is for another kind of machine (`lab_env`). `linted`: only its writing was looked at.
   */
  readonly verdict: 'proved' | 'refuted' | 'blocked' | 'elsewhere' | 'linted';
  readonly lint: readonly LintFinding[];
  /** Null unless it was run. */
  readonly proof: Proof | null;
  /** What the machine lacks. */
  readonly missing: readonly string[];
  readonly machine: MachineFacts | null;
  /** From the beginning of the first trial to the end of the last, in milliseconds. */
  readonly durationMs: number;
}

/** Whether the outcome lets the command succeed. */
export function holds({ verdict, lint }: LabOutcome, allowBlocked: boolean): boolean {
  switch (verdict) {
    case 'proved':
    case 'elsewhere':
      return true;
    case 'blocked':
      return allowBlocked;
    case 'refuted':
      return false;
    case 'linted':
      return lint.every(({ severity }) => severity !== 'error');
  }
}
