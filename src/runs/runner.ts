import type { Cell } from '../cells/cell';
import type { RunEvent, SessionProvider } from './contract';
import type { RunSnapshot } from './snapshot';
import type { RunEntry, RunStore } from './store';

export interface RunnerParts {
  readonly sessions: SessionProvider;
  readonly store: RunStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Name of the host for cells that name none; asked at each run. */
  readonly defaultHost: (note: string) => string;
  /** Sees every event of every run, after the store has it. */
  readonly onEvent?: (place: RunEntry, event: RunEvent) => void;
}

/** A cell with its placeholders filled. */
export interface FilledCell {
  readonly cell: Cell;
  readonly source: string;
}

export interface RunAllResult {
  /** Every cell that was run, with how it ended. */
  readonly ran: readonly { readonly cell: Cell; readonly run: RunSnapshot }[];
  /** The cells that were not begun because one before them ended unexpectedly. */
  readonly notRun: readonly Cell[];
}

/** Runs cells in the live sessions of their notes and keeps the store up to date. */
export class Runner {
  constructor(private readonly parts: RunnerParts) {}

  /** Runs a cell behind those already waiting for its session; resolves with how it ended, never rejects. */
  run(_note: string, _cell: Cell, _source?: string): Promise<RunSnapshot> {
    return Promise.reject(new Error(`not yet: ${this.parts.now()}`));
  }

  /** Runs cells one after another; stops at the first unexpected end unless `keepGoing`. */
  runAll(
    _note: string,
    _cells: readonly FilledCell[],
    _options: { readonly keepGoing?: boolean } = {},
  ): Promise<RunAllResult> {
    return Promise.resolve({ ran: [], notRun: [] });
  }

  /** Stops a cell, or all of a note: what waits is taken back, what runs gets ^C. Resolves when it has ended. */
  interrupt(_note: string, _cell?: string): Promise<void> {
    return Promise.resolve();
  }

  /** Bytes for the terminal of a running cell (the note's only running one when none is named). */
  input(_note: string, _bytes: Uint8Array, _cell?: string): void {}

  /** Tells the terminals of a note their size. */
  resize(_note: string, _columns: number, _rows: number): void {}

  /** Ends the note's sessions; the next run starts afresh. */
  restart(_note: string): void {}

  /** The note is called otherwise now: runs, waiting cells and live sessions go with it. */
  rename(_from: string, _to: string): void {}
}
