import type { PipesChannel, ShellChannel } from '../session/channel';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** One authenticated connection to a host, and the channels on it. */
export interface HostConnection {
  readonly alive: boolean;
  /** Terminals that are open or being opened. */
  readonly terminals: number;
  /** Not even one channel is open or being opened. */
  readonly unused: boolean;
  /** Starts a command on a terminal. Rejects when the server opens no channel for it. */
  openTerminal(command: string, size: TerminalSize): Promise<ShellChannel>;
  /** Starts a command without a terminal, with its stdout and stderr apart. */
  openPipes(command: string): Promise<PipesChannel>;
  /** Runs a command without a terminal; resolves with its stdout. Rejects after three seconds. */
  exec(command: string): Promise<string>;
  /** Calls back whenever the last channel has closed. */
  onUnused(listener: () => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
