import { spawn } from 'node:child_process';
import { problem, ProblemError } from '../../base/problem';
import { defaultMachine } from '../../machine/folder';
import { findProgram, searchPath } from '../../machine/hostTools';
import { findMachine } from '../../machine/read';
import { sshTarget } from '../../machine/sshTarget';
import type { Io } from '../command';
import { startWith } from './labOptions';

/** Logs in, or runs a command there; gives its exit status. */
export async function ssh(args: readonly string[], io: Io): Promise<number> {
  const { name, command } = sshArguments(args);
  const machine = await findMachine(name, io.env);
  if (machine === null)
    throw new ProblemError(
      problem(`The lab machine “${name}” does not run.`, '', `Start it with: ${startWith(name)}`),
    );
  const program = (await findProgram('ssh', searchPath(io.env))) ?? 'ssh';
  const child = spawn(program, [...sshTarget(machine), ...command], { stdio: 'inherit' });
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
