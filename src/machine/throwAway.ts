import type { Environment } from './folder';
import { findMachine } from './read';

/** Machines that Labpath makes and remakes at will. */
const MADE_HERE: readonly string[] = ['sandbox', 'vm'];

/**
 * Whether a host is a lab machine Labpath made; one that does not run has nothing to lose either. A host of the user that
 * was adopted under that name is none, and where no machine can be found there is none to be sure of.
 */
export async function isThrowAway(host: string, env: Environment): Promise<boolean> {
  if (host !== 'lab') return false;
  const machine = await findMachine(host, env).catch(() => undefined);
  return machine === null || (machine !== undefined && MADE_HERE.includes(machine.kind));
}
