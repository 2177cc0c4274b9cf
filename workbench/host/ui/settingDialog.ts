/** The settings dialog. Undocumented in the app as `app.setting`; plugins open their own tab through it. */
import type * as O from 'obsidian';
import { setIcon } from '../icons/icons';
import { settingTabs } from '../registries';
import { Modal } from './modal';
import { SettingTab } from './settingTab';

export class SettingDialog {
  activeTab: SettingTab | null = null;
  private modal: Modal | null = null;
  private listEl: HTMLElement | null = null;
  private bodyEl: HTMLElement | null = null;

  constructor(private readonly app: O.App) {}

  open(): void {
    if (this.modal !== null) return;
    const modal = new Modal(this.app);
    modal.modalEl.addClass('mod-settings', 'mod-sidebar-layout');
    modal.setTitle('Settings');
    this.listEl = modal.contentEl.createDiv('vertical-tab-header');
    this.bodyEl = modal.contentEl.createDiv('vertical-tab-content-container');
    modal.setCloseCallback(() => {
      this.activeTab?.conceal();
      this.activeTab = null;
      this.modal = null;
    });
    this.modal = modal;
    modal.open();
    const [first] = tabs();
    if (first !== undefined) this.openTab(first);
    else this.bodyEl.createDiv({ cls: 'setting-list-empty', text: 'No plugin has settings.' });
  }

  close(): void {
    this.modal?.close();
  }

  /** `id` is the plugin's. Null when it has no settings. */
  openTabById(id: string): SettingTab | null {
    this.open();
    const tab = tabs().find((one) => 'plugin' in one && (one.plugin as O.Plugin).manifest.id === id) ?? null;
    if (tab !== null) this.openTab(tab);
    return tab;
  }

  openTab(tab: SettingTab): void {
    this.activeTab?.conceal();
    this.activeTab = tab;
    this.drawList();
    this.bodyEl?.replaceChildren(tab.containerEl);
    tab.show();
  }

  private drawList(): void {
    this.listEl?.empty();
    this.listEl?.createDiv({ cls: 'vertical-tab-header-group-title', text: 'Community plugins' });
    for (const tab of tabs()) {
      const item = this.listEl?.createDiv({
        cls: 'vertical-tab-nav-item tappable',
        attr: { role: 'button', tabindex: 0 },
      });
      if (item === undefined) continue;
      setIcon(item.createSpan('vertical-tab-nav-item-icon'), tab.icon);
      item.createSpan({ text: tab.name });
      item.toggleClass('is-active', tab === this.activeTab);
      item.addEventListener('click', () => this.openTab(tab));
    }
  }
}

function tabs(): SettingTab[] {
  return settingTabs.filter((tab) => tab instanceof SettingTab);
}
