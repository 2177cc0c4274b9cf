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
  /** Where the shells are in which this one was entered, the outermost first; absent for a session's own shell. */
  readonly inside?: readonly Where[];
}

/** The program in the terminal's foreground while a cell runs and prints nothing. */
export interface Front {
  /** Its name as the kernel has it, at most 15 characters; its arguments stay unsaid. */
  readonly program: string;
  /** `line`: it reads a line; `secret`: one that is not shown; `keys`: it reads single keys; null: nothing seen. */
  readonly waitsFor: 'line' | 'secret' | 'keys' | null;
  /** It is a shell, or leads to one elsewhere (`ssh`, `docker exec`): the session can `enter` it. */
  readonly shell: boolean;
}

/**
 * What happens in a run, in order: `started`?, then `output` and `front` as they come, then exactly one of `status`,
 * `entered` and `lost`, which ends it. A status that the far side did not report is null, never 0.
 */
export type RunEvent =
  | { readonly type: 'started' }
  | { readonly type: 'output'; readonly stream: OutputStream; readonly bytes: Uint8Array }
  | { readonly type: 'front'; readonly front: Front }
  | {
      readonly type: 'status';
      readonly exitStatus: number | null;
      /** Signal name without SIG (`INT`, `KILL`), when one ended the cell. */
      readonly signal: string | null;
      /** Milliseconds, measured on the far side where its bash can, else here. */
      readonly durationMs: number;
      readonly where: Where;
      /**
       * `restarted`: the cell ended its shell; a new one took over with the same variables, functions and cwd.
       * `left`: the cell ended a shell that was entered; the next one runs in the shell around it.
       */
      readonly shell: 'kept' | 'restarted' | 'left';
      /** The cell was interrupted because its `timeoutMs` had passed. */
      readonly timedOut?: true;
      /** Bytes of output thrown away after an interrupt, because nobody was reading them. */
      readonly droppedBytes?: number;
    }
  | {
      /** The shell that the cell opened was entered: the next cells run in it. What the cell does after it is unknown. */
      readonly type: 'entered';
      readonly where: Where;
      readonly timedOut?: true;
      readonly droppedBytes?: number;
    }
  | {
      readonly type: 'lost';
      readonly problem: Problem;
      readonly cause?: LostCause;
      /** When the cell took its shell with it (`exec`, `kill -9 $$`): how that process ended. */
      readonly exitStatus?: number | null;
      readonly signal?: string | null;
      readonly timedOut?: true;
      readonly droppedBytes?: number;
    };

/**
 * What ended a run that has no status: the connection; the shell, which died with the cell; somebody, who closed the
 * session; or nothing, because the cell was never begun.
 */
export type LostCause = 'connection' | 'shell' | 'closed' | 'not begun';

export interface RunRequest {
  /** Bash source, LF line ends; at most 1 MiB. */
  readonly source: string;
  /** Interrupted after this many milliseconds; none when absent. */
  readonly timeoutMs?: number;
  /** stdout and stderr go through pipes, apart and exact, instead of the terminal; their order to each other is lost. */
  readonly separateStreams?: true;
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
  /**
   * Enters the shell that the running cell opened and that now waits for commands (`bash`, `sudo -i`, `docker exec -it`,
   * `ssh`): the cell ends as `entered`, the next ones run inside, and `exit` in one of them comes back. Rejects with a
   * ProblemError when there is no shell to enter. `onSlow` is told when it takes long to answer.
   */
  enter(onSlow?: (why: Problem) => void): Promise<void>;
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
  /**
   * The live session of this address, opened when there is none. Rejects with a ProblemError. `onSlow` is told when the
   * far side takes long to answer, which may be well before it does.
   */
  open(address: SessionAddress, onSlow?: (why: Problem) => void): Promise<Session>;
  /** Ends the sessions of a note (all of them when no address narrows it); the next `open` starts afresh. */
  close(note: string): void;
  /** A note is called otherwise now; its live sessions go with it. Saying so twice does no harm. */
  rename(from: string, to: string): void;
}
