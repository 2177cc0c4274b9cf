import type { Learned, LearnerState, ProgressRecord } from '../../path/progressRecord';
import { learnedEntry, learnedKey } from '../../path/state';
import type { NoteFacts } from '../../path/noteFacts';
import { Emitter } from '../ui/emitter';
import type { SettingsStore } from '../settings/settingsStore';

/**
 * What the learner has done. It is kept in data.json, outside the notes, so that it stays with the vault's own
 * settings folder and the headless twin reads the same book.
 */
export class LearnedBook {
  readonly changed = new Emitter<Learned>();

  constructor(
    private readonly settings: SettingsStore,
    /** ISO 8601. */
    private readonly now: () => string,
  ) {}

  get entries(): Learned {
    return this.settings.current.learned;
  }

  /** The record of a note, or null when there is none. */
  of(note: NoteFacts): ProgressRecord | null {
    return learnedEntry(note, this.entries);
  }

  /** What the user says of a note by hand; attempts and hints counted so far stay. */
  async set(note: NoteFacts, state: LearnerState): Promise<void> {
    await this.record(note, { ...this.of(note), state, when: this.now(), by: 'hand' });
  }

  /** Replaces the record of a note: what its checks have shown. The path and every view of it follow at once. */
  async record(note: NoteFacts, record: ProgressRecord): Promise<void> {
    await this.settings.update({ learned: { ...this.entries, [learnedKey(note)]: record } });
    this.changed.emit(this.entries);
  }

  /** Entries of notes without a uid are kept under their path. */
  async rename(from: string, to: string): Promise<void> {
    const { [from]: entry, ...others } = this.entries;
    if (!entry) return;
    await this.settings.update({ learned: { ...others, [to]: entry } });
    this.changed.emit(this.entries);
  }
}
