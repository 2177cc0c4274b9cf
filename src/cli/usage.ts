import { parseArgs, type ParseArgsConfig } from 'node:util';
import { asProblem, problem, ProblemError } from '../base/problem';

/** The command line itself is wrong: exit status 2, as usual for commands. */
export class UsageError extends ProblemError {
  constructor(what: string, why: string, usage: string) {
    super(problem(what, why, `Usage: ${usage}`));
  }
}

/** A word of the command line, as `parseArgs` sees it. */
export interface ArgumentToken {
  readonly kind: 'option' | 'positional' | 'option-terminator';
  /** An option's name. */
  readonly name?: string;
  /** The value of an option that has one, or the positional argument. */
  readonly value?: string | undefined;
}

/** Options, positional arguments, and both in their order as tokens; a wrong one is a UsageError. */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw new UsageError('These arguments are not understood.', asProblem(error, '').why, usage);
  }
}
