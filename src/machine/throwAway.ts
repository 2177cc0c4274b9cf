import type { Environment } from './folder';
import { findMachine } from './read';

/** What a host's name stands for, as far as lab machines go. */
export type Standing =
  /** A machine Labpath made and remakes at will. One that does not run has nothing to lose either. */
  | { readonly kind: 'throw-away' }
  /** A host of the user's own that took the place of a lab machine. */
  | { readonly kind: 'adopted'; readonly destination: string }
  /** No lab machine, or none that one can be sure of. */
  | { readonly kind: 'other' };

/** @param host a name that no host of the settings has */
export async function standingOf(host: string, env: Environment): Promise<Standing> {
  const machine = await findMachine(host, env).catch(() => undefined);
  if (machine === undefined) return { kind: 'other' };
  if (machine === null) return { kind: host === 'lab' ? 'throw-away' : 'other' };
  return machine.kind === 'host'
    ? { kind: 'adopted', destination: machine.destination }
    : { kind: 'throw-away' };
}
