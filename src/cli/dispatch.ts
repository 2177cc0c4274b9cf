import { nearest } from '../base/nearest';
import { asProblem, describeProblem } from '../base/problem';
import { version } from '../../manifest.json';
import { cellsCommand } from './cells';
import type { Command, Io } from './command';
import { doctor } from './doctor';
import { graphCommand } from './graph';
import { lab } from './lab';
import { pathCommand } from './path';
import { runCommand } from './run';
import { stubsCommand } from './stubs';
import { UsageError } from './usage';
import { verifyCommand } from './verify';

export const COMMANDS: readonly Command[] = [
  pathCommand,
  graphCommand,
  stubsCommand,
  cellsCommand,
  runCommand,
  verifyCommand,
  lab,
  doctor,
];

/** Runs the command the arguments name and gives the exit status: 1 for a problem, 2 for a wrong command line. */
export async function dispatch(
  args: readonly string[],
  io: Io,
  commands: readonly Command[] = COMMANDS,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' ? commands.find((command) => command.name === rest[0]) : undefined;
    io[name === undefined ? 'err' : 'out'](about?.help ?? overview(commands));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V') {
    io.out(`${version}\n`);
    return 0;
  }
  const command = commands.find((each) => each.name === name);
  if (!command) {
    const meant = nearest(
      name,
      commands.map((each) => each.name),
    );
    const hint = meant === null ? 'labpath --help lists the commands.' : `Did you mean "labpath ${meant}"?`;
    io.err(`labpath: There is no command "${name}". ${hint}\n`);
    return 2;
  }
  if (asksForHelp(rest.slice(0, command.ownArguments?.(rest) ?? rest.length))) {
    io.out(command.help);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    io.err(`labpath ${name}: ${describeProblem(asProblem(error, 'This went wrong unexpectedly.'))}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Behind `--` no word is an option. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length)) + 2;
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}${command.summary}\n`);
  return `Usage: labpath <command> …

${rows.join('')}
labpath <command> --help tells more.
`;
}
