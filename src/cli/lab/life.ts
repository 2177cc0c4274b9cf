import process from 'node:process';
import { disown } from '../../machine/adopt';
import { defaultMachine } from '../../machine/folder';
import { resetMachine } from '../../machine/reset';
import { findMachines, readAdopted, readMachine } from '../../machine/read';
import { startMachine } from '../../machine/start';
import type { MachineRecord } from '../../machine/state';
import { stopMachine } from '../../machine/stop';
import { problem, ProblemError } from '../../base/problem';
import type { Io } from '../command';
import { commonOptions, listOptions, nameOption, startWith, upOptions } from './labOptions';

export async function up(args: readonly string[], io: Io): Promise<number> {
  const { name, json, machine } = upOptions(args);
  const adopted = await readAdopted(name, io.env);
  if (adopted !== null)
    throw new ProblemError(
      problem(
        `The lab machine “${name}” is your host ${adopted.destination}.`,
        '',
        `Forget it first: labpath lab down${nameOption(name)}`,
      ),
    );
  const { record, isNew } = await startMachine({
    name,
    options: machine,
    env: io.env,
    serve: serveCommand(name),
    // Progress is for people: what programs read stays one object.
    onProgress: (sentence) => io.err(`${sentence}\n`),
  });
  if (json) io.out(`${JSON.stringify({ running: true, isNew, ...record })}\n`);
  else
    io.out(
      `The lab machine “${name}” ${isNew ? 'is up' : 'was up already'}: ${inWords(record)}\n` +
        `Log in with: labpath lab ssh${nameOption(name)}, or: ssh -F ${record.sshConfigFile} ${name}\n` +
        otherKind(record, machine.kind),
    );
  return 0;
}

export async function status(args: readonly string[], io: Io): Promise<number> {
  const { name, json } = commonOptions(args);
  const record = await readMachine(name, io.env);
  const adopted = record === null ? await readAdopted(name, io.env) : null;
  if (json) {
    const isNot = { running: false, name, ...(adopted === null ? {} : { adopted: adopted.destination }) };
    io.out(`${JSON.stringify(record === null ? isNot : { running: true, ...record })}\n`);
  } else if (adopted !== null)
    io.out(`The lab machine “${name}” is your host ${adopted.destination}, since ${adopted.adoptedAt}.\n`);
  else if (record === null)
    io.out(`The lab machine “${name}” does not run. Start it with: ${startWith(name)}\n`);
  else
    io.out(
      `The lab machine “${name}” runs since ${record.startedAt}: ${inWords(record)}\n` +
        `ssh config: ${record.sshConfigFile}\n`,
    );
  return record === null && adopted === null ? 1 : 0;
}

export async function down(args: readonly string[], io: Io): Promise<number> {
  const { name, json } = commonOptions(args);
  const adopted = await readAdopted(name, io.env);
  if (adopted !== null) await disown(name, io.env);
  const wasRunning = adopted === null && (await stopMachine(name, io.env));
  if (json) io.out(`${JSON.stringify({ running: false, wasRunning, name })}\n`);
  else if (adopted !== null)
    io.out(
      `${adopted.destination} is no longer the lab machine “${name}”; the host itself is as you left it.\n`,
    );
  else io.out(`The lab machine “${name}” ${wasRunning ? 'is down' : 'was not running'}.\n`);
  return 0;
}

export async function reset(args: readonly string[], io: Io): Promise<number> {
  const { name, json } = commonOptions(args);
  const adopted = await readAdopted(name, io.env);
  if (adopted !== null)
    throw new ProblemError(
      problem(
        `The lab machine “${name}” is your host ${adopted.destination}, which Labpath never resets.`,
        '',
        'Run the cleanup of the lab instead.',
      ),
    );
  const record = await resetMachine(name, io.env);
  if (json) io.out(`${JSON.stringify({ running: true, ...record })}\n`);
  else io.out(`The lab machine “${name}” is fresh.\n`);
  return 0;
}

/** All of them; each is a host by its name. */
export async function list(args: readonly string[], io: Io): Promise<number> {
  const { json } = listOptions(args);
  const machines = await findMachines(io.env);
  if (json) io.out(`${JSON.stringify(machines)}\n`);
  else if (machines.length === 0)
    io.out(`No lab machine runs. Start one with: ${startWith(defaultMachine)}\n`);
  else
    for (const machine of machines)
      io.out(
        `${machine.name}: ${machine.kind === 'host' ? `your host ${machine.destination}.` : inWords(machine)}\n`,
      );
  return 0;
}

function inWords({ user, host, port, kind, nodes }: MachineRecord): string {
  const others = nodes.slice(1).map(({ machine }) => machine);
  const and = others.length === 0 ? '' : `, with ${others.join(', ')} on its network`;
  return `${user}@${host}, port ${port}${kind === 'vm' ? ', a virtual machine' : ''}${and}.`;
}

function otherKind({ kind, name }: MachineRecord, wanted: MachineRecord['kind']): string {
  if (kind === wanted) return '';
  const [is, other] = kind === 'vm' ? ['a virtual machine', ''] : ['a sandbox', ' --vm'];
  return `It is ${is}; for the other kind: labpath lab down${nameOption(name)}, then ${startWith(name)}${other}\n`;
}

/** This same program again, as the server of the machine. */
function serveCommand(name: string): readonly [string, ...string[]] {
  return [process.execPath, ...process.execArgv, process.argv[1] ?? '', 'lab', 'serve', name];
}
