import { problem, type Problem } from '../base/problem';
import { OutputText, type OutputRecord } from '../output/outputText';
import type { Where } from './contract';
import { isActive, type RunSnapshot, type RunStatus } from './snapshot';
import type { RunStore } from './store';
import { isRecord } from '../base/record';

/** Where records lie between two starts of the app; text in, text out. */
export interface RecordStorage {
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
}

/** In characters. */
export interface RecordLimits {
  /** Output kept of one cell. */
  readonly perCell: number;
  /** All records together; the oldest runs are dropped first. Local storage holds 5 M characters for all of the app. */
  readonly total: number;
}

export const RECORD_LIMITS: RecordLimits = { perCell: 64 * 1024, total: 512 * 1024 };

type RunRecord = Omit<RunSnapshot, 'output'> & {
  readonly note: string;
  readonly cell: string;
  readonly output: OutputRecord;
};

const VERSION = 1;

/** Fields that say where a run belongs and how it ended; no program has printed them. */
const OUR_WORDS = new Set(['note', 'cell', 'host', 'status', 'sourceFingerprint', 'signal', 'lostCause']);

/**
 * Writes what the store holds. Call it when runs ended, not for every line of output.
 *
 * @param mask takes out of a text what no record may hold, should a program have printed it
 */
export async function saveRuns(
  store: RunStore,
  storage: RecordStorage,
  limits: RecordLimits = RECORD_LIMITS,
  mask: (text: string) => string = (text) => text,
): Promise<void> {
  const newestFirst = store
    .entries()
    .flatMap(({ note, cell, snapshot }) => (snapshot?.startedAt == null ? [] : [{ note, cell, snapshot }]))
    .sort((a, b) => (b.snapshot.startedAt ?? 0) - (a.snapshot.startedAt ?? 0));
  const texts: string[] = [];
  let total = 0;
  for (const { note, cell, snapshot } of newestFirst) {
    const record: RunRecord = { ...snapshot, note, cell, output: snapshot.output.toRecord(limits.perCell) };
    const text = JSON.stringify(record, (key, value: unknown) =>
      typeof value === 'string' && !OUR_WORDS.has(key) ? mask(value) : value,
    );
    total += text.length + 2;
    if (total > limits.total) break;
    texts.push(text);
  }
  await storage.save(`{"version":${VERSION},"runs":[\n${texts.join(',\n')}\n]}`);
}

/** Puts recorded runs into the store; a cell that has a run already keeps it. Gives what was wrong, or null. */
export async function restoreRuns(store: RunStore, storage: RecordStorage): Promise<Problem | null> {
  const text = await storage.load();
  if (text === null || text === '') return null;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return problem('The outputs of earlier runs could not be read.', String(error), 'Run the cells again.');
  }
  if (!isRecord(data) || data['version'] !== VERSION || !Array.isArray(data['runs'])) {
    return problem(
      'The outputs of earlier runs could not be read.',
      'They were written by another version of Labpath.',
      'Run the cells again.',
    );
  }
  for (const record of data['runs'].filter(isRunRecord)) {
    const { note, cell, ...run } = record;
    if (store.get(note, cell) !== null) continue;
    const snapshot = { ...run, output: OutputText.fromRecord(run.output) };
    store.update(store.entry(note, cell), isActive(snapshot) ? lost(snapshot) : snapshot);
  }
  return null;
}

function lost(run: RunSnapshot): RunSnapshot {
  return {
    ...run,
    status: 'lost',
    problem: problem(
      'Obsidian was closed, or Labpath switched off, while this ran.',
      'The command may have finished.',
      'Look at the machine before you run it again.',
    ),
  };
}

const STATUSES: readonly RunStatus[] = ['queued', 'running', 'done', 'failed', 'interrupted', 'lost'];

/** Records come from a file that anything may have written; a wrong one is left out. */
function isRunRecord(value: unknown): value is RunRecord {
  return (
    isRecord(value) &&
    ['note', 'cell', 'host', 'sourceFingerprint'].every((key) => typeof value[key] === 'string') &&
    ['exitStatus', 'durationMs'].every((key) => isNumberOrNull(value[key])) &&
    typeof value['startedAt'] === 'number' &&
    (value['signal'] === null || typeof value['signal'] === 'string') &&
    STATUSES.some((status) => status === value['status']) &&
    (value['where'] === null || isWhere(value['where'])) &&
    (value['problem'] === null || isProblem(value['problem'])) &&
    isOutputRecord(value['output'])
  );
}

function isWhere(value: unknown): value is Where {
  return (
    isRecord(value) &&
    ['user', 'host', 'cwd'].every((key) => typeof value[key] === 'string') &&
    (value['netns'] === null || typeof value['netns'] === 'string')
  );
}

function isProblem(value: unknown): value is Problem {
  return isRecord(value) && ['what', 'why', 'next'].every((key) => typeof value[key] === 'string');
}

function isOutputRecord(value: unknown): value is OutputRecord {
  return (
    isRecord(value) &&
    typeof value['head'] === 'string' &&
    typeof value['tail'] === 'string' &&
    typeof value['omittedLines'] === 'number'
  );
}

function isNumberOrNull(value: unknown): boolean {
  return value === null || typeof value === 'number';
}
