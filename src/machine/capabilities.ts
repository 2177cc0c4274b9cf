import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { problem, ProblemError } from '../base/problem';
import { capabilitiesProbe, readCapabilities, type Capabilities } from '../labs/capabilities';
import type { Environment } from './folder';
import { keptIn, knownCapabilities, sinceOf } from './knownCapabilities';
import { findProgram, searchPath } from './hostTools';
import { nodeCount } from './nodes';
import { sshTarget } from './sshTarget';
import type { AdoptedMachine, MachineRecord } from './state';

/**
 * What a lab machine offers: one round trip over ssh, then kept in its folder until it is booted anew.
 *
 * @throws ProblemError
 */
export async function capabilitiesOf(
  machine: MachineRecord | AdoptedMachine,
  env: Environment,
): Promise<Capabilities> {
  return (await knownCapabilities(machine, env)) ?? (await lookAgain(machine, env));
}

/** Looks, whatever is known. A host of the user boots when nobody here sees it. */
export async function lookAgain(
  machine: MachineRecord | AdoptedMachine,
  env: Environment,
): Promise<Capabilities> {
  const output = await probe(sshTarget(machine), env);
  const found = readCapabilities(output, nodeCount(machine));
  if (found === null) throw new ProblemError(notProbed(machine.name, output));
  await keepCapabilities(machine, found, env);
  return found;
}

/** Keeps what was found, for `knownCapabilities`. */
export async function keepCapabilities(
  machine: MachineRecord | AdoptedMachine,
  { boot, kernel, names }: Capabilities,
  env: Environment,
): Promise<void> {
  const lines = [sinceOf(machine), `boot ${boot}`, `kernel ${kernel}`, ...names, ''];
  await writeFile(keptIn(machine, env), lines.join('\n'), { mode: 0o600 });
}

/** What any host that ssh reaches offers; `destination` are ssh's own words for it. Rejects with a ProblemError. */
export async function probeHost(destination: readonly string[], env: Environment): Promise<Capabilities> {
  const output = await probe(destination, env);
  const found = readCapabilities(output, 1);
  if (found === null) throw new ProblemError(notProbed(destination.at(-1) ?? '', output));
  return found;
}

async function probe(target: readonly string[], env: Environment): Promise<string> {
  const ssh = (await findProgram('ssh', searchPath(env))) ?? 'ssh';
  const child = spawn(ssh, ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=20', ...target, 'bash -s'], {
    stdio: 'pipe',
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(capabilitiesProbe);
  const [output, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return output === '' ? said : output;
}

function notProbed(name: string, said: string) {
  return problem(
    `What ${name} can do could not be found out.`,
    `ssh said: ${said.trim().split('\n').at(-1)?.replace(/\.$/, '') || 'nothing'}.`,
    'Check that it can be reached, and has bash.',
  );
}
