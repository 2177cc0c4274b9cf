/** A command as the patterns of danger look at it. */
export interface Command {
  /** Its name without path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Files it redirects its output to. */
  readonly writesTo: readonly string[];
}

/** One kind of danger: what a command does, as a clause, or null when it does not. */
export type Pattern = (command: Command) => string | null;

export function operands(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-'));
}

/** A long option, or a letter among short ones (`-rf`). */
export function hasFlag(args: readonly string[], ...names: readonly string[]): boolean {
  return args.some((arg) =>
    names.some((name) =>
      name.length === 1
        ? /^-[A-Za-z]+$/.test(arg) && arg.includes(name)
        : arg === `--${name}` || arg.startsWith(`--${name}=`),
    ),
  );
}

/** Files a command overwrites: by redirection, or as the last word of a program that copies. */
export function overwritten({ program, args, writesTo }: Command): readonly string[] {
  switch (program) {
    case 'tee':
    case 'truncate':
      return [...writesTo, ...operands(args)];
    case 'cp':
    case 'mv':
    case 'ln':
    case 'install':
      return [...writesTo, operands(args).at(-1) ?? ''];
    case 'sed':
    case 'perl':
      return hasFlag(args, 'i', 'in-place') || args.some((arg) => /^-i/.test(arg))
        ? [...writesTo, ...operands(args)]
        : writesTo;
    default:
      return writesTo;
  }
}
