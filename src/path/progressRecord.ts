import { isRecord } from '../base/record';

/**
 * What the learner has done with a note: the contract between those who find it out (a lab whose checks passed, the
 * user's own word) and the path, which shows it. It is kept outside the notes, keyed by the note's `uid`, so that a
 * rename or a change of folder loses nothing.
 */

/** How far the learner is with a note. */
export type LearnerState = 'not-started' | 'in-progress' | 'completed' | 'skipped';

const LEARNER_STATES: readonly LearnerState[] = ['not-started', 'in-progress', 'completed', 'skipped'];

export interface ProgressRecord {
  readonly state: LearnerState;
  /** ISO 8601: when it came to this state. */
  readonly when: string;
  /** What made it so: the lab's checks, or the user saying it. */
  readonly by?: 'checks' | 'hand';
  /** How often the lab was begun, counting this time. */
  readonly attempts?: number;
  /** Hints shown in this attempt. */
  readonly hints?: number;
  /** Minutes from the beginning of this attempt to this state. */
  readonly minutes?: number;
  /** How sure the learner is, as the lab's attempts showed it. */
  readonly confidence?: Confidence;
  /** Days until the lab is due again; instead of the note's `review_interval`, which is only where it begins. */
  readonly reviewDays?: number;
  /** Ids of the lab's faults that were found and mended lately; the next review offers others first. */
  readonly faults?: readonly string[];
}

export type Confidence = 'low' | 'medium' | 'high';

const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];

/** The learner's book: key is the note's `uid`, else its vault path. */
export type Learned = Readonly<Record<string, ProgressRecord>>;

/** The learner's book out of saved data: the records that have the right shape, and nothing else. */
export function readBook(value: unknown): Learned {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]): [string, ProgressRecord][] => {
      const record = readRecord(entry);
      return record === null ? [] : [[key, record]];
    }),
  );
}

function readRecord(entry: unknown): ProgressRecord | null {
  if (!isRecord(entry)) return null;
  const state = LEARNER_STATES.find((known) => known === entry['state']);
  if (state === undefined) return null;
  const { when, by } = entry;
  const confidence = CONFIDENCES.find((known) => known === entry['confidence']);
  return {
    state,
    when: typeof when === 'string' ? when : '',
    ...(by === 'checks' || by === 'hand' ? { by } : {}),
    ...counted('attempts', entry['attempts']),
    ...counted('hints', entry['hints']),
    ...counted('minutes', entry['minutes']),
    ...counted('reviewDays', entry['reviewDays']),
    ...(confidence === undefined ? {} : { confidence }),
    ...faultsOf(entry['faults']),
  };
}

function counted(
  key: 'attempts' | 'hints' | 'minutes' | 'reviewDays',
  value: unknown,
): Partial<ProgressRecord> {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? { [key]: value } : {};
}

function faultsOf(value: unknown): Pick<ProgressRecord, 'faults'> {
  return Array.isArray(value) ? { faults: value.filter((id) => typeof id === 'string') } : {};
}
