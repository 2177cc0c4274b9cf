/** A page of settings, drawn from definitions (obsidian.d.ts "class SettingTab", since 1.13 declarative) or by `display`. */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { DefinitionRenderer } from './settingDefinitions';

export abstract class SettingTab implements O.SettingTab {
  icon: O.IconName = 'puzzle';
  readonly containerEl = makeElement('div', 'vertical-tab-content');
  settingItems: O.SettingDefinitionItem[] = [];
  /** Shown in the list of the settings dialog. */
  name = '';
  private readonly renderer: DefinitionRenderer;
  private isShown = false;

  constructor(readonly app: O.App) {
    this.renderer = new DefinitionRenderer(app, this);
  }

  getSettingDefinitions(): O.SettingDefinitionItem[] {
    return [];
  }

  update(): void {
    this.settingItems = this.getSettingDefinitions();
    if (this.isShown) this.draw();
  }

  getControlValue(_key: string): unknown {
    return undefined;
  }

  setControlValue(_key: string, _value: unknown): void | Promise<void> {
    // The app's own tabs write to the vault's configuration, which the workbench has not.
  }

  refreshDomState(): void {
    this.renderer.refresh();
  }

  display(): void {
    // For plugins that draw their settings themselves.
  }

  hide(): void {
    // For subclasses.
  }

  /** Called by the dialog: definitions win over `display` (obsidian.d.ts "SettingTab.display"). */
  show(): void {
    this.isShown = true;
    this.settingItems = this.getSettingDefinitions();
    this.draw();
  }

  conceal(): void {
    this.isShown = false;
    this.renderer.clear();
    this.hide();
    this.containerEl.empty();
  }

  private draw(): void {
    if (this.settingItems.length > 0) this.renderer.render(this.containerEl, this.settingItems);
    else drawByHand(this);
  }
}

/** Tabs written for older versions draw themselves. */
function drawByHand(tab: { display(): void }): void {
  tab.display();
}

export abstract class PluginSettingTab extends SettingTab implements O.PluginSettingTab {
  constructor(
    app: O.App,
    readonly plugin: O.Plugin,
  ) {
    super(app);
    this.name = plugin.manifest.name;
  }

  /** From `plugin.settings` (obsidian.d.ts "PluginSettingTab.getControlValue"). */
  override getControlValue(key: string): unknown {
    const { settings } = this.plugin;
    return typeof settings === 'object' && settings !== null
      ? (settings as Record<string, unknown>)[key]
      : undefined;
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    const settings = (this.plugin.settings ?? {}) as Record<string, unknown>;
    settings[key] = value;
    this.plugin.settings = settings;
    await this.plugin.saveData(settings);
  }
}
