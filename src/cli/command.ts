/** One command of the headless twin. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help text. */
  readonly help: string;
  /** Arguments without the command's own name. Gives the exit status; rejects with a ProblemError. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** What a command may touch of the process. */
export interface Io {
  /** Writes to stdout and stderr, exactly as given. */
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
