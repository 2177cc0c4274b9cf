/** The commands of this folder as a program of their own, so that its tests stand apart from the rest of the CLI. */
import { describeProblem, ProblemError } from '../../src/base/problem';
import { doctor } from '../../src/cli/doctor';
import { lab } from '../../src/cli/lab';

const [name, ...args] = process.argv.slice(2);
const command = name === 'doctor' ? doctor : lab;

try {
  process.exitCode = await command.run(args, {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
  });
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${describeProblem(error.problem)}\n`);
  process.exitCode = 1;
}
