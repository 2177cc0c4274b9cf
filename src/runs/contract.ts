import type { Problem } from '../base/problem';
import type { OutputStream } from '../output/line';

export type { OutputStream };

/** Where a cell ran, as the far side reports it. */
export interface Where {
  readonly user: string;
  /** The far side's own host name. */
  readonly host: string;
  /** Working directory after the cell. */
  readonly cwd: string;
  /** Name of the network namespace (`ip netns`), or null for the machine's own. */
  readonly netns: string | null;
}

/**
 * What happens in a run, in order: `started`? `output`* then exactly one of `status` and `lost`, which ends it.
 * A status that the far side did not report is null, never 0.
 */
export type RunEvent =
  | { readonly type: 'started' }
  | { readonly type: 'output'; readonly stream: OutputStream; readonly bytes: Uint8Array }
  | {
      readonly type: 'status';
      readonly exitStatus: number | null;
      /** Signal name without SIG (`INT`, `KILL`), when one ended the cell. */
      readonly signal: string | null;
      /** Milliseconds, measured on the far side where its bash can, else here. */
      readonly durationMs: number;
      readonly where: Where;
      /** `restarted`: the cell ended its shell; a new one took over with the same variables, functions and cwd. */
      readonly shell: 'kept' | 'restarted';
      /** The cell was interrupted because its `timeoutMs` had passed. */
      readonly timedOut?: true;
      /** Bytes of output thrown away after an interrupt, because nobody was reading them. */
      readonly droppedBytes?: number;
    }
  | {
      readonly type: 'lost';
      readonly problem: Problem;
      /** When the cell took its shell with it (`exec`, `kill -9 $$`): how that process ended. */
      readonly exitStatus?: number | null;
      readonly signal?: string | null;
      readonly timedOut?: true;
      readonly droppedBytes?: number;
    };

export interface RunRequest {
  /** Bash source, LF line ends; at most 1 MiB. */
  readonly source: string;
  /** Interrupted after this many milliseconds; none when absent. */
  readonly timeoutMs?: number;
}

/** One execution. Iterate it once; leaving the loop early does not stop the program, `interrupt` does. */
export type Run = AsyncIterable<RunEvent>;

/** A live shell. Runs are executed one after another, in the order of the calls. */
export interface Session {
  run(request: RunRequest): Run;
  /** Bytes for the running program's terminal; dropped when nothing runs. */
  input(bytes: Uint8Array): void;
  /** Stops the running cell: ^C first, then harder. Resolves when the cell has ended. */
  interrupt(): Promise<void>;
  resize(columns: number, rows: number): void;
  close(): void;
  readonly alive: boolean;
}

/** Which shell is meant: one per note and host unless named; `in=netns:red` shells are apart from the others. */
export interface SessionAddress {
  /** A host's name as the user knows it: `lab`, a host of the settings, an ssh alias. */
  readonly host: string;
  /** Vault path of the note. */
  readonly note: string;
  /** The `session=` name, or `main`. */
  readonly name: string;
  /** Network namespace to open the shell in, or null. */
  readonly netns: string | null;
  /** Container or pod to open the shell in; not together with `netns`. */
  readonly container?: string | null;
}

export interface SessionProvider {
  /** The live session of this address, opened when there is none. Rejects with a ProblemError. */
  open(address: SessionAddress): Promise<Session>;
  /** Ends the sessions of a note (all of them when no address narrows it); the next `open` starts afresh. */
  close(note: string): void;
  /** A note is called otherwise now; its live sessions go with it. Saying so twice does no harm. */
  rename(from: string, to: string): void;
}
