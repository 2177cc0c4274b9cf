import { parseArgs, type ParseArgsConfig } from 'node:util';
import { asProblem, problem, ProblemError } from '../base/problem';

/** The command line itself is wrong: exit status 2, as usual for commands. */
export class UsageError extends ProblemError {
  constructor(what: string, why: string, usage: string) {
    super(problem(what, why, `Usage: ${usage}`));
  }
}

/** Options and positional arguments; a wrong one is a UsageError. */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError('These arguments are not understood.', asProblem(error, '').why, usage);
  }
}
