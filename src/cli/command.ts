/** One command of the headless twin. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help text. */
  readonly help: string;
  /** How many of the arguments are its own, when it passes what follows on to another program; all when absent. */
  ownArguments?(args: readonly string[]): number;
  /** Arguments without the command's own name. Gives the exit status; rejects with a ProblemError. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** What a command may touch of the process. */
export interface Io {
  /** Writes to stdout and stderr, exactly as given. */
  out(text: string): void;
  err(text: string): void;
  /** Asks the person at the terminal; null when there is none, or no answer. `secret` does not show what is typed. */
  ask?(question: string, options?: { readonly secret?: boolean }): Promise<string | null>;
  /** Calls back on every ^C instead of ending the process, until the returned function is called. */
  onInterrupt?(listener: () => void): () => void;
  /** Whether stdout is a terminal, and not a file or a pipe. */
  readonly isTerminal?: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
