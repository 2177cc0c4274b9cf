/** Tells what changed in the vault's folder. The system's notes are only a reason to look; the disk is the truth. */
import { watch } from 'node:fs';
import type { VaultChange, VaultEntry } from '../protocol';
import type { VaultFolder } from './vaultFolder';

/** Editors write in bursts (temporary file, rename, chmod); one look after the burst is enough. */
const settleMs = 40;

/** Calls `onChanges` after each burst of changes until the returned function is called. */
export async function watchVault(
  folder: VaultFolder,
  onChanges: (changes: readonly VaultChange[]) => void,
): Promise<() => void> {
  let known = byPath(await folder.tree());
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let again = false;
  let closed = false;

  const look = async (): Promise<void> => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    const found = byPath(await folder.tree());
    if (!closed) {
      const changes = difference(known, found);
      known = found;
      if (changes.length > 0) onChanges(changes);
    }
    looking = false;
    if (again && !closed) {
      again = false;
      await look();
    }
  };

  const watcher = watch(folder.root, { recursive: true, persistent: false }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), settleMs);
  });
  // A folder that vanishes while it is being watched is reported by the next look.
  watcher.on('error', () => undefined);
  return () => {
    closed = true;
    clearTimeout(timer);
    watcher.close();
  };
}

type Entries = ReadonlyMap<string, VaultEntry>;

function byPath(entries: readonly VaultEntry[]): Entries {
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** What turns `before` into `after`: folders before what is in them, and what is gone deepest first. */
function difference(before: Entries, after: Entries): VaultChange[] {
  const gone = [...before.keys()].filter((path) => !after.has(path)).reverse();
  const present = [...after.values()].filter((entry) => {
    const old = before.get(entry.path);
    if (old === undefined || old.kind !== entry.kind) return true;
    return entry.kind === 'file' && (old.mtime !== entry.mtime || old.size !== entry.size);
  });
  return [
    ...gone.map((path) => ({ kind: 'gone', path }) as const),
    ...present.map((entry) => ({ kind: 'present', entry }) as const),
  ];
}
