import type { ControlExec, OpenPipes } from './channel';
import type { Clock } from './clock';

export interface ShellOptions {
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly control: ControlExec;
  /** As `control`, for what is only good to know: never makes a connection for it. Nothing is looked up when absent. */
  readonly peek?: ControlExec;
  /** For cells with separate streams. */
  readonly openPipes?: OpenPipes;
  /** Milliseconds that a shell may take to be ready, the session's own and each that is entered; two minutes when absent. */
  readonly readyTimeoutMs?: number;
  /** The host's name as the user knows it, for sentences. */
  readonly host: string;
  /** Output of background jobs that came while no cell ran. */
  readonly onLateOutput?: (bytes: Uint8Array) => void;
  /** The session ended, for whatever reason; `alive` is false. */
  readonly onEnd?: () => void;
}
