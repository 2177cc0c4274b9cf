import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { problem, ProblemError } from '../base/problem';
import capabilitiesScript from './capabilities.bash';
import { machineFolder, type Environment } from './folder';
import { findProgram, searchPath } from './hostTools';
import type { Capabilities } from './requirements';
import type { MachineRecord } from './state';

/** The script that looks: standard input for a `bash -s` on the machine. */
const capabilitiesProbe = capabilitiesScript;

/** Reads what the script printed; null when it did not get to its end of facts. */
export function readCapabilities(output: string, nodes: number): Capabilities | null {
  const lines = output.split('\n').filter((line) => line !== '');
  const fact = (name: string) =>
    lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? null;
  const kernel = fact('kernel');
  if (kernel === null) return null;
  return {
    boot: fact('boot') ?? '',
    kernel,
    nodes,
    names: new Set(lines.filter((line) => !line.includes(' '))),
  };
}

/**
 * What a running lab machine offers: one round trip over ssh, then kept in its folder until it is booted anew.
 *
 * @throws ProblemError
 */
export async function capabilitiesOf(record: MachineRecord, env: Environment): Promise<Capabilities> {
  const file = path.join(machineFolder(record.name, env), 'capabilities');
  const [bootedAt, ...known] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const nodes = record.nodes.length;
  const cached = bootedAt === record.bootedAt ? readCapabilities(known.join('\n'), nodes) : null;
  if (cached !== null) return cached;
  const output = await probe(['-F', record.sshConfigFile, record.name], env);
  const found = readCapabilities(output, nodes);
  if (found === null) throw new ProblemError(notProbed(record.name, output));
  await writeFile(file, `${record.bootedAt}\n${output}`, { mode: 0o600 });
  return found;
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
