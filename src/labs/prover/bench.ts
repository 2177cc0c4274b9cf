import type { Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import type { LabValues } from '../vars';

/** What was seen of one cell. */
export interface Seen {
  /** Null when nobody knows how it ended. */
  readonly exitStatus: number | null;
  /** Whether it ended as its note says it should: status 0, or what `expect-exit` names. */
  readonly ok: boolean;
  /** What it printed, as a terminal shows it. */
  readonly output: string;
  readonly durationMs: number;
  /** Set when it did not run, ran too long, or was lost with its session. */
  readonly problem: Problem | null;
}

/** A fresh machine on which a lab is proved. Cells run there exactly as they do for a learner. */
export interface Bench {
  run(cell: Cell, values: LabValues): Promise<Seen>;
  /**
   * Runs bash source of our own and gives what it printed. It runs in a live session that no cell can reach, so variables
   * stay from one script to the next, also over `restart`. Rejects when the machine is lost.
   */
  script(source: string): Promise<string>;
  /** Ends the live sessions of the lab, so that nothing a step typed is left. */
  restart(): void;
  /** The folder through which the lab's cells pass values. */
  readonly labDir: string;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}
