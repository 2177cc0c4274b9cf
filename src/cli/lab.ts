import { spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import process from 'node:process';
import { problem, ProblemError } from '../base/problem';
import { defaultMachine } from '../machine/folder';
import { findProgram, searchPath } from '../machine/hostTools';
import { machineOptions, optionsFromText } from '../machine/options';
import { readMachine } from '../machine/read';
import { resetMachine } from '../machine/reset';
import { serveAndReport, startMachine } from '../machine/start';
import { stopMachine } from '../machine/stop';
import type { Command, Io } from './command';
import { readArguments, UsageError } from './usage';

const USAGE = 'labpath lab up|status|down|ssh [--name NAME] [--json]';

const help = `Usage: labpath lab up|status|down [--name NAME] [--json]
       labpath lab ssh [--name NAME] [--] [COMMAND…]

The lab machine: a throw-away Linux on this computer, made of namespaces, with an OpenSSH
server on a loopback port. Needs Linux; works as root and as an ordinary user.

  up       Start it, and return once a login has worked. A running machine is left alone.
  status   Say whether it runs and how to reach it. Exit status 1 when it does not run.
  down     Stop it with everything that runs in it. Its keys stay for the next time.
  ssh      Log in, or run a command there.

  --name NAME   Another machine than “${defaultMachine}”; several can run at once.
  --json        One JSON object instead of sentences.
`;

export const lab: Command = {
  name: 'lab',
  summary: 'Start, show, stop and enter the lab machine',
  help,
  // `labpath lab ssh ls --help` asks the machine's ls.
  ownArguments: (args) => (args[0] === 'ssh' ? 2 : args.length),
  async run(args, io) {
    const [action, ...rest] = args;
    switch (action) {
      case 'up':
        return up(options(rest), io);
      case 'status':
        return status(options(rest), io);
      case 'down':
        return down(options(rest), io);
      case 'reset':
        return reset(options(rest), io);
      case 'ssh':
        return ssh(rest, io);
      case 'serve':
        // The server process that `up` starts; not for people.
        return serveAndReport(rest[0] ?? '', optionsFromText(rest[1] ?? ''), io.env, reportToStarter);
      default:
        throw usage(
          action === undefined
            ? 'labpath lab needs to know what to do.'
            : `“${action}” is nothing labpath lab can do.`,
        );
    }
  },
};

interface Options {
  readonly name: string;
  readonly json: boolean;
}

async function up({ name, json }: Options, io: Io): Promise<number> {
  const { record, isNew } = await startMachine({
    name,
    options: machineOptions('sandbox'),
    env: io.env,
    serve: serveCommand(name),
  });
  if (json) io.out(`${JSON.stringify({ running: true, isNew, ...record })}\n`);
  else
    io.out(
      `The lab machine “${name}” ${isNew ? 'is up' : 'was up already'}: ${record.user}@${record.host}, port ${record.port}.\n` +
        `Log in with: labpath lab ssh${name === defaultMachine ? '' : ` --name ${name}`}, or: ssh -F ${record.sshConfigFile} ${name}\n`,
    );
  return 0;
}

async function status({ name, json }: Options, io: Io): Promise<number> {
  const record = await readMachine(name, io.env);
  if (json)
    io.out(`${JSON.stringify(record === null ? { running: false, name } : { running: true, ...record })}\n`);
  else if (record === null)
    io.out(`The lab machine “${name}” does not run. Start it with: ${startWith(name)}\n`);
  else
    io.out(
      `The lab machine “${name}” runs since ${record.startedAt}: ${record.user}@${record.host}, port ${record.port}.\n` +
        `ssh config: ${record.sshConfigFile}\n`,
    );
  return record === null ? 1 : 0;
}

async function down({ name, json }: Options, io: Io): Promise<number> {
  const wasRunning = await stopMachine(name, io.env);
  if (json) io.out(`${JSON.stringify({ running: false, wasRunning, name })}\n`);
  else io.out(`The lab machine “${name}” ${wasRunning ? 'is down' : 'was not running'}.\n`);
  return 0;
}

async function reset({ name, json }: Options, io: Io): Promise<number> {
  const record = await resetMachine(name, io.env);
  if (json) io.out(`${JSON.stringify({ running: true, ...record })}\n`);
  else io.out(`The lab machine “${name}” is fresh.\n`);
  return 0;
}

async function ssh(args: readonly string[], io: Io): Promise<number> {
  const { name, command } = sshArguments(args);
  const record = await readMachine(name, io.env);
  if (record === null)
    throw new ProblemError(
      problem(`The lab machine “${name}” does not run.`, '', `Start it with: ${startWith(name)}`),
    );
  const program = (await findProgram('ssh', searchPath(io.env))) ?? 'ssh';
  const child = spawn(program, ['-F', record.sshConfigFile, name, ...command], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal === null ? (code ?? 255) : 255));
  });
}

/** `--name` counts only in front: what follows belongs to the command that is run there. */
function sshArguments(args: readonly string[]): { name: string; command: readonly string[] } {
  let rest = args;
  let name = defaultMachine;
  if (rest[0] === '--name' && rest[1] !== undefined) [name, rest] = [rest[1], rest.slice(2)];
  else if (rest[0]?.startsWith('--name=')) [name, rest] = [rest[0].slice('--name='.length), rest.slice(1)];
  return { name, command: rest[0] === '--' ? rest.slice(1) : rest };
}

function options(args: readonly string[]): Options {
  const { positionals, values } = readArguments(
    args,
    { name: { type: 'string', default: defaultMachine }, json: { type: 'boolean', default: false } },
    USAGE,
  );
  if (positionals.length > 0) throw usage(`"${positionals.join(' ')}" is too much.`);
  return values;
}

function usage(what: string): UsageError {
  return new UsageError(what, '', USAGE);
}

function startWith(name: string): string {
  return `labpath lab up${name === defaultMachine ? '' : ` --name ${name}`}`;
}

/** `up` reads file descriptor 3 to its end; that it may have been killed meanwhile is no reason to stop serving. */
function reportToStarter(line: string, isLast: boolean): void {
  try {
    writeSync(3, line);
    if (isLast) closeSync(3);
  } catch {
    return;
  }
}

/** This same program again, as the server of the machine. */
function serveCommand(name: string): readonly [string, ...string[]] {
  return [process.execPath, ...process.execArgv, process.argv[1] ?? '', 'lab', 'serve', name];
}
