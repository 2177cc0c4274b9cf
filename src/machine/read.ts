import { problem, ProblemError } from '../base/problem';
import { isMachineName, machineFiles, machinesFolder, type Environment } from './folder';
import { isSameProcess } from './processes';
import type { AdoptedMachine, MachineRecord } from './state';

/**
 * The running machine of this name, or null when none runs: no record, an unreadable one, or one whose process is
 * gone. Loads nothing but Node's file access, and that only when called.
 */
export async function readMachine(name: string, env: Environment): Promise<MachineRecord | null> {
  const record = await readRecord(machineFiles(name, env).record);
  if (record === null) return null;
  return (await isSameProcess(record.pid, record.pidStartTime)) ? record : null;
}

/** The machine of this name, running or adopted, for any text: null when no machine could be called so. */
export async function findMachine(
  name: string,
  env: Environment,
): Promise<MachineRecord | AdoptedMachine | null> {
  if (!isMachineName(name)) return null;
  return (await readMachine(name, env)) ?? readAdopted(name, env);
}

/**
 * All machines that run or were adopted, by their names; the further nodes of one stand in its record only.
 *
 * @throws ProblemError when their folder is there and cannot be read
 */
export async function findMachines(env: Environment): Promise<(MachineRecord | AdoptedMachine)[]> {
  const { readdir } = await import('node:fs/promises');
  const folder = machinesFolder(env);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ProblemError(problem('The lab machines cannot be listed.', `${folder}: ${error.message}.`));
  });
  const found = await Promise.all(names.sort().map((name) => findMachine(name, env)));
  const machines = found.filter((machine) => machine !== null);
  return machines.filter((machine) => machine.kind === 'host' || machine.nodes[0]?.machine === machine.name);
}

/** The host of the user that is the machine of this name; null when none is. */
export async function readAdopted(name: string, env: Environment): Promise<AdoptedMachine | null> {
  const { readFile } = await import('node:fs/promises');
  try {
    const value: unknown = JSON.parse(await readFile(machineFiles(name, env).adopted, 'utf8'));
    const fields: Readonly<Record<string, unknown>> = { ...(value as object) };
    return typeof fields.destination === 'string' ? (value as AdoptedMachine) : null;
  } catch {
    return null;
  }
}

/** What the record file of a machine says, whether that runs or was killed; null where there is none. */
export async function lastRecord(name: string, env: Environment): Promise<MachineRecord | null> {
  return readRecord(machineFiles(name, env).record);
}

async function readRecord(file: string): Promise<MachineRecord | null> {
  const { readFile } = await import('node:fs/promises');
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is MachineRecord {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Record<string, unknown> = { ...value };
  return (
    (fields.kind === 'sandbox' || fields.kind === 'vm') &&
    fields.host === '127.0.0.1' &&
    ['pid', 'port'].every((key) => Number.isInteger(fields[key])) &&
    ['name', 'user', 'identityFile', 'knownHostsFile', 'sshConfigFile', 'startedAt', 'bootedAt'].every(
      (key) => typeof fields[key] === 'string',
    ) &&
    typeof fields.internet === 'boolean' &&
    Array.isArray(fields.nodes) &&
    ['string', 'undefined'].includes(typeof fields.pidStartTime)
  );
}
