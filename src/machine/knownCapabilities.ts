/** What is known of a lab machine without asking it. Loads nothing but Node's file access, and that only when called. */
import { readCapabilities, type Capabilities } from '../labs/capabilities';
import { machineFolder, type Environment } from './folder';
import { nodeCount } from './nodes';
import type { AdoptedMachine, MachineRecord } from './state';

/** What it offers, as far as that was found out before; null when nobody has looked since its boot. */
export async function knownCapabilities(
  machine: MachineRecord | AdoptedMachine,
  env: Environment,
): Promise<Capabilities | null> {
  const { readFile } = await import('node:fs/promises');
  const kept = await readFile(keptIn(machine, env), 'utf8').catch(() => '');
  const [since, ...known] = kept.split('\n');
  return since === sinceOf(machine) ? readCapabilities(known.join('\n'), nodeCount(machine)) : null;
}

/** The file that keeps it. */
export function keptIn({ name }: MachineRecord | AdoptedMachine, env: Environment): string {
  return `${machineFolder(name, env)}/capabilities`;
}

/** Changes when the machine is another one than it was looked at. */
export function sinceOf(machine: MachineRecord | AdoptedMachine): string {
  return machine.kind === 'host' ? machine.adoptedAt : machine.bootedAt;
}
