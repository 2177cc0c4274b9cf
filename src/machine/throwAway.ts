import type { Environment } from './folder';
import { readMachine } from './read';

/** Machines that Labpath makes and remakes at will. */
const MADE_HERE: readonly string[] = ['sandbox', 'vm'];

/** Whether a host is a lab machine Labpath made; one that does not run has nothing to lose either. */
export async function isThrowAway(host: string, env: Environment): Promise<boolean> {
  if (host !== 'lab') return false;
  const record = await readMachine(host, env);
  return record === null || MADE_HERE.includes(record.kind);
}
