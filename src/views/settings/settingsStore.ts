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
  private loaded = false;

  constructor(private readonly file: SettingsFile) {}

  get current(): Settings {
    return this.settings;
  }

  /** Rejects when data.json is there and cannot be read. */
  async load(): Promise<void> {
    this.settings = readSettings(await this.file.loadData());
    this.loaded = true;
    this.changed.emit(this.settings);
  }

  async update(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    this.changed.emit(this.settings);
    // Written over a file that could not be read, defaults would destroy what stands in it.
    if (this.loaded) await this.file.saveData(this.settings);
  }
}
