/** How the far side's shell ended. Both null: the connection went away before it could say. */
export interface ChannelEnd {
  readonly exitStatus: number | null;
  /** Signal name without SIG. */
  readonly signal: string | null;
  /** Why the connection is gone, as half a sentence (`connection reset`); empty when nobody said. */
  readonly reason: string;
}

/** A terminal on the far side, as a duplex of bytes: an SSH channel, `ssh -tt`, a local PTY. */
export interface ShellChannel {
  write(bytes: Uint8Array): void;
  /** Back-pressure: while paused, nothing is delivered and the far side's program soon blocks in its write. */
  pause(): void;
  resume(): void;
  /** `not told`: this channel cannot; the terminal has to be told beside it. */
  resize(columns: number, rows: number): 'told' | 'not told';
  close(): void;
  /** Called once, before anything is delivered. `onClose` comes once and last. */
  listen(listener: ChannelListener): void;
}

export interface ChannelListener {
  onData(bytes: Uint8Array): void;
  onClose(end: ChannelEnd): void;
}

/**
 * Runs a short bash script on the far side, beside the session's terminal, and resolves with what it printed.
 * The script holds no single quote. Rejects when no channel can be had.
 */
export type ControlExec = (script: string) => Promise<string>;

/** A command without a terminal whose stdout and stderr come apart. Closing it ends its stdin. */
export interface PipesChannel {
  pause(): void;
  resume(): void;
  close(): void;
  /** Called once, before anything is delivered. `onClose` comes once and last. */
  listen(listener: PipesListener): void;
}

export interface PipesListener {
  onData(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  onClose(): void;
}

/** Starts a bash script beside the session's terminal. Rejects when no channel can be had. */
export type OpenPipes = (script: string) => Promise<PipesChannel>;
