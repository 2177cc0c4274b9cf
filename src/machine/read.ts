import { isMachineName, machineFiles, type Environment } from './folder';
import { isSameProcess } from './processes';
import type { MachineRecord } from './state';

/**
 * The running machine of this name, or null when none runs: no record, an unreadable one, or one whose process is
 * gone. Loads nothing but Node's file access, and that only when called.
 */
export async function readMachine(name: string, env: Environment): Promise<MachineRecord | null> {
  const record = await readRecord(machineFiles(name, env).record);
  if (record === null) return null;
  return (await isSameProcess(record.pid, record.pidStartTime)) ? record : null;
}

/** As `readMachine`, for any text: null when no machine could be called so. */
export async function findMachine(name: string, env: Environment): Promise<MachineRecord | null> {
  return isMachineName(name) ? readMachine(name, env) : null;
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
    Array.isArray(fields.nodes) &&
    ['string', 'undefined'].includes(typeof fields.pidStartTime)
  );
}
