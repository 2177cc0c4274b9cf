import type { Learned, LearnedEntry } from './model';
import { LEARNER_STATES } from './state';
import { isRecord } from '../base/record';

/** The learner's book out of saved data: the entries that have the right shape, and nothing else. */
export function readBook(value: unknown): Learned {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]): [string, LearnedEntry][] => {
      if (!isRecord(entry)) return [];
      const state = LEARNER_STATES.find((known) => known === entry['state']);
      return state ? [[key, { state, when: typeof entry['when'] === 'string' ? entry['when'] : '' }]] : [];
    }),
  );
}
