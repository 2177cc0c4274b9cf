import script from './residue.bash';
import type { Bench } from './bench';

/** A state of the machine that later ones are compared with; what it holds stays on the machine. */
export interface Snapshot {
  /** The variable of the prover's own session that holds it. */
  readonly name: string;
}

/** How often, and how long in between, something that is just going away is waited for. */
const LOOKS = 12;
const PAUSE_MS = 250;

/** Keeps what stands on the machine under a name; the same name again forgets the earlier one. */
export async function takeSnapshot(bench: Bench, name: string): Promise<Snapshot> {
  await bench.script(`${script}\nlabpath_${name}=$(labpath_snapshot)`);
  return { name };
}

/**
 * What differs from a snapshot, one thing a line, more of it (`+`) or less (`-`). The kernel takes namespaces down and
 * processes end a moment after the command that did it, so a difference is looked at again before it counts.
 */
export async function settledChanges(bench: Bench, { name }: Snapshot): Promise<string[]> {
  for (let look = 1; ; look++) {
    const printed = await bench.script(`${script}\nlabpath_changes "$labpath_${name}"`);
    const changes = printed.split('\n').filter((line) => line !== '');
    if (changes.length === 0 || look === LOOKS) return changes.map((line) => line.replace('\t', ' '));
    await bench.wait(PAUSE_MS);
  }
}

/** The first so many, and how many more there are. */
export function summarize(changes: readonly string[], most = 20): string {
  const rest = changes.length - most;
  return [...changes.slice(0, most), ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n');
}
