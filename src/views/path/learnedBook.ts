import type { Learned, LearnerState } from '../../path/model';
import { learnedKey } from '../../path/state';
import type { NoteFacts } from '../../path/noteFacts';
import { Emitter } from '../ui/emitter';
import type { SettingsStore } from '../settings/settingsStore';

/** What the learner has done, kept in data.json so that it follows the vault to other devices. */
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

  async set(note: NoteFacts, state: LearnerState): Promise<void> {
    await this.settings.update({
      learned: { ...this.entries, [learnedKey(note)]: { state, when: this.now() } },
    });
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
