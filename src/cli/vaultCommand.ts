import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { asProblem, describeProblem, problem, ProblemError, type Problem } from '../base/problem';
import type { Io } from './command';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The one vault and the options of a command line. Rejects a wrong one with a ProblemError that shows the usage. */
export function readVaultArguments<T extends Options>(
  args: readonly string[],
  options: T,
  { cwd }: Io,
  usage: string,
) {
  const next = `Usage: ${usage}`;
  const parsed = parse();
  const [vault, ...more] = parsed.positionals;
  if (vault === undefined) throw new ProblemError(problem('Which vault is meant is missing.', '', next));
  if (more.length > 0) {
    throw new ProblemError(problem(`One vault is enough; "${more.join(' ')}" is too much.`, '', next));
  }
  return { dir: resolve(cwd, vault), values: parsed.values };

  function parse() {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    } catch (error) {
      const { why } = asProblem(error, '');
      throw new ProblemError(problem('These arguments are not understood.', why, next), { cause: error });
    }
  }
}

/** Problems as lines for the user, one each. */
export function printProblems(io: Io, label: string, problems: readonly Problem[]): void {
  for (const each of problems) io.err(`${label}: ${describeProblem(each)}\n`);
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
