import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { describeProblem, type Problem } from '../base/problem';
import { visible } from '../base/visible';
import type { Io } from './command';
import { readArguments, UsageError } from './usage';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The one vault and the options of a command line. A wrong one is a UsageError. */
export function readVaultArguments<T extends Options>(
  args: readonly string[],
  options: T,
  { cwd }: Io,
  usage: string,
) {
  const { positionals, values } = readArguments(args, options, usage);
  const [vault, ...more] = positionals;
  if (vault === undefined)
    throw new UsageError(
      'Which vault is meant is missing.',
      'A vault is the folder that holds your notes.',
      usage,
    );
  if (more.length > 0) {
    throw new UsageError(
      `One vault is enough; "${more.join(' ')}" is too much.`,
      `The vault is taken to be "${vault}". Values of options stand right behind them, and words with spaces in quotes.`,
      usage,
    );
  }
  return { dir: resolve(cwd, vault), values };
}

/** Problems as lines for the user, one each. */
export function printProblems(io: Io, label: string, problems: readonly Problem[]): void {
  for (const each of problems) io.err(`${label}: ${visible(describeProblem(each))}\n`);
}
