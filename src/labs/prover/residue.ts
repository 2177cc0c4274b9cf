import script from './residue.bash';
import type { Bench } from './bench';

/** What stands on a machine: each line is a kind of thing, a tab, and the thing. */
export type Snapshot = readonly string[];

/** How often, and how long in between, something that is just going away is waited for. */
const LOOKS = 12;
const PAUSE_MS = 250;

export async function takeSnapshot(bench: Bench): Promise<Snapshot> {
  return (await bench.script(script)).split('\n').filter((line) => line.includes('\t'));
}

/**
 * What differs from `before`, as words for people. The kernel takes namespaces down and processes end a moment after
 * the command that did it, so a difference is looked at again before it counts.
 */
export async function settledDifference(bench: Bench, before: Snapshot): Promise<string[]> {
  for (let look = 1; ; look++) {
    const found = difference(before, await takeSnapshot(bench));
    if (found.length === 0 || look === LOOKS) return found;
    await bench.wait(PAUSE_MS);
  }
}

/** Lines that are there more often (`+`) or less often (`-`) than before. */
export function difference(before: Snapshot, after: Snapshot): string[] {
  const count = new Map<string, number>();
  for (const line of after) count.set(line, (count.get(line) ?? 0) + 1);
  for (const line of before) count.set(line, (count.get(line) ?? 0) - 1);
  return [...count]
    .filter(([, extra]) => extra !== 0)
    .map(([line, extra]) => `${extra > 0 ? '+' : '-'} ${line.replace('\t', ' ')}`);
}

/** A difference in a few words: the things themselves before what follows from them. */
export function summarize(differences: readonly string[], most = 8): string {
  const rest = differences.length - most;
  return [...differences.slice(0, most), ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n');
}
