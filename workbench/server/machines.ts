/** The lab machines on record: which loopback ports belong to them. */
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** `labpath` in the user's state folder (XDG Base Directory Specification; a relative path there is ignored). */
export function defaultStateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const { XDG_STATE_HOME: stateHome = '' } = env;
  return join(isAbsolute(stateHome) ? stateHome : join(homedir(), '.local', 'state'), 'labpath');
}

/** Ports named in `<machine>/machine.json`. A folder without a readable record counts for nothing. */
export async function machinePorts(stateFolder: string): Promise<number[]> {
  const names = await readdir(stateFolder).catch(() => []);
  const ports = await Promise.all(names.map((name) => portOf(join(stateFolder, name, 'machine.json'))));
  return ports.filter((port) => port !== null);
}

async function portOf(record: string): Promise<number | null> {
  try {
    const { port } = JSON.parse(await readFile(record, 'utf8')) as { readonly port?: unknown };
    return typeof port === 'number' ? port : null;
  } catch {
    return null;
  }
}
