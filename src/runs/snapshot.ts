import { fingerprint } from '../base/hash';
import type { Problem } from '../base/problem';
import type { Cell } from '../cells/cell';
import type { OutputText } from '../output/outputText';
import type { Front, LostCause, Where } from './contract';

/**
 * `done` and `failed`: the program ended, with the expected status or another one (or never began: then `problem`
 * says why). `interrupted`: it ended because the user stopped it. `lost`: nobody knows how it ended.
 */
export type RunStatus = 'queued' | 'running' | 'done' | 'failed' | 'interrupted' | 'lost';

/** What is known of a cell's last run. A new value for every change but those of `output`, which has its version. */
export interface RunSnapshot {
  readonly status: RunStatus;
  /** Null while it runs, and when the far side did not report one. */
  readonly exitStatus: number | null;
  /** Signal name without SIG, when one ended the program. */
  readonly signal: string | null;
  readonly durationMs: number | null;
  /** Milliseconds since the epoch; null while queued. */
  readonly startedAt: number | null;
  readonly where: Where | null;
  /** The host's name as the user knows it. */
  readonly host: string;
  readonly problem: Problem | null;
  /** Why a run has no status; null for all others. */
  readonly lostCause?: LostCause | null;
  /** While it runs: the program that waits in its terminal, as far as one was seen. */
  readonly front?: Front | null;
  readonly output: OutputText;
  /** Fingerprint of the cell's source when it ran, placeholders unfilled. */
  readonly sourceFingerprint: string;
}

/** Whether the cell's code changed since the run. */
export function isStale(run: RunSnapshot, cell: Pick<Cell, 'source'>): boolean {
  return run.sourceFingerprint !== fingerprint(cell.source);
}

/** Whether the run has not ended yet. */
export function isActive(run: RunSnapshot | null): boolean {
  return run?.status === 'queued' || run?.status === 'running';
}
