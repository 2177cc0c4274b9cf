import type { Lie } from './findings';

/** How a check ended in one row of the matrix. `flaky`: not the same every time it was repeated. */
export type Verdict = 'pass' | 'fail' | 'flaky';

/** The checks, run once all together. */
export interface Row {
  /** `before` anything was built, `whole`, the id of a fault that is in, or `mended FAULT` after its solution. */
  readonly state: string;
  /** By id of the check. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** By id of the check: what it said. */
  readonly said: Readonly<Record<string, string>>;
}

/** One cell that was run, for the receipt. */
export interface Ran {
  readonly cell: string;
  readonly role: string;
  readonly exitStatus: number | null;
  readonly durationMs: number;
  readonly output: string;
}

/** What one trial has shown. */
export interface TrialResult {
  readonly trial: string;
  readonly rows: readonly Row[];
  readonly ran: readonly Ran[];
  readonly lies: readonly Lie[];
  /** False when something of it may be left on the machine, so that the next trial needs another one. */
  readonly machineIsClean: boolean;
}
