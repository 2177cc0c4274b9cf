/** Obsidian's `App` (obsidian.d.ts "class App"): the parts a plugin is handed, each strict about what it has. */
import type * as O from 'obsidian';
import type { WorkbenchFacts } from '../protocol';
import { strict } from './base/missing';
import { CommandManager } from './commands';
import { FileManager } from './fileManager';
import { MetadataCache } from './metadata/metadataCache';
import { SecretStorage } from './secretStorage';
import { Keymap, type Scope } from './ui/keymap';
import { SettingDialog } from './ui/settingDialog';
import { Vault } from './vault/vault';
import { Workspace } from './workspace/workspace';

export class App implements O.App {
  readonly keymap = new Keymap();
  readonly scope: Scope = this.keymap.root;
  readonly vault: Vault;
  readonly metadataCache: MetadataCache;
  readonly fileManager: FileManager;
  readonly workspace: Workspace;
  readonly secretStorage = strict('SecretStorage', new SecretStorage());
  lastEvent: O.UserEvent | null = null;
  readonly renderContext: O.RenderContext = { hoverPopover: null };
  /** Undocumented in the app; plugins reach for it to open their own settings. */
  readonly setting: SettingDialog;
  /** Undocumented in the app; plugins reach for it to run commands. */
  readonly commands: CommandManager;
  private readonly storagePrefix: string;

  constructor(facts: WorkbenchFacts) {
    this.storagePrefix = `workbench:${facts.vaultPath}:`;
    const vault = new Vault(facts.vaultName, facts.vaultPath);
    const app = strict('App', this);
    this.vault = strict('Vault', vault);
    this.metadataCache = strict('MetadataCache', new MetadataCache(vault));
    this.fileManager = strict('FileManager', new FileManager(app));
    this.workspace = strict('Workspace', new Workspace(app));
    this.setting = new SettingDialog(app);
    this.commands = new CommandManager(app);
  }

  isDarkMode(): boolean {
    return document.body.hasClass('theme-dark');
  }

  /** Per device and vault (obsidian.d.ts "loadLocalStorage", since 1.8.7). Null when nothing is stored. */
  loadLocalStorage(key: string): unknown {
    const stored = window.localStorage.getItem(this.storagePrefix + key);
    return stored === null ? null : (JSON.parse(stored) as unknown);
  }

  saveLocalStorage(key: string, data: unknown): void {
    if (data === null) window.localStorage.removeItem(this.storagePrefix + key);
    else window.localStorage.setItem(this.storagePrefix + key, JSON.stringify(data));
  }
}
