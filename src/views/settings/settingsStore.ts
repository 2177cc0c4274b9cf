import { Emitter } from '../ui/emitter';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings';

/** Where settings are kept; Obsidian's Plugin is one. */
export interface SettingsFile {
  loadData(): Promise<unknown>;
  saveData(data: unknown): Promise<void>;
}

/** The settings in force, and the only place that changes them. */
export class SettingsStore {
  readonly changed = new Emitter<Settings>();
  private settings = DEFAULT_SETTINGS;

  constructor(private readonly file: SettingsFile) {}

  get current(): Settings {
    return this.settings;
  }

  async load(): Promise<void> {
    this.settings = readSettings(await this.file.loadData());
    this.changed.emit(this.settings);
  }

  async update(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    this.changed.emit(this.settings);
    await this.file.saveData(this.settings);
  }
}
