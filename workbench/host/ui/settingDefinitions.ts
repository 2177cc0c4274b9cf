/** Draws declarative settings (obsidian.d.ts "interface SettingDefinitionBase" and below, since 1.13). */
import type * as O from 'obsidian';
import { makeElement } from '../dom/create';
import { setIcon } from '../icons/icons';
import { addControl, type ControlStore } from './settingControls';
import { Setting, SettingGroup } from './setting';

type Definition = O.SettingDefinition | O.SettingDefinitionPage;

export class DefinitionRenderer {
  private readonly cleanups: (() => void)[] = [];
  /** Re-evaluates what is visible and enabled. */
  private readonly predicates: (() => void)[] = [];

  constructor(
    private readonly app: O.App,
    private readonly store: ControlStore,
  ) {}

  render(container: HTMLElement, items: readonly O.SettingDefinitionItem[]): void {
    this.clear();
    container.empty();
    let list: HTMLElement | null = null;
    for (const item of items) {
      if (isGroup(item)) {
        list = null;
        this.renderGroup(container, item);
      } else {
        list ??= container.createDiv('setting-group').createDiv('setting-items');
        this.renderRow(list, item, new SettingGroup(makeElement('div')), 0);
      }
    }
  }

  refresh(): void {
    for (const predicate of this.predicates) predicate();
  }

  clear(): void {
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    this.predicates.splice(0);
  }

  private renderGroup(container: HTMLElement, definition: O.SettingDefinitionGroup): void {
    const group = new SettingGroup(container);
    if (definition.heading !== undefined) group.setHeading(definition.heading);
    if (definition.cls !== undefined) group.addClass(...definition.cls.split(/\s+/));
    for (const button of definition.extraButtons ?? []) group.addExtraButton(button);
    this.follow(definition.visible, (isVisible) => group.toggle(isVisible));
    const items = definition.items ?? [];
    const rows = items.map((item, index) => this.renderRow(group.listEl, item, group, index));
    const { search } = definition;
    if (search !== undefined) {
      group.addSearch((field) =>
        field.setPlaceholder(search.placeholder ?? 'Search').onChange((query) => {
          for (const [index, item] of items.entries()) {
            if (!isPage(item)) rows[index]?.toggle(query === '' || search.match(item, query));
          }
        }),
      );
    }
    if (isList(definition)) addListAffordances(group, definition, rows);
  }

  private renderRow(list: HTMLElement, item: Definition, group: SettingGroup, index: number): HTMLElement {
    const setting = new Setting(list).setName(item.name);
    if (item.desc !== undefined) setting.setDesc(item.desc);
    this.follow(item.visible, (isVisible) => setting.settingEl.toggle(isVisible));
    if (isPage(item)) this.addPage(setting, item);
    else if ('control' in item && item.control !== undefined) {
      const component = addControl(setting, item.control, this.store, this.app);
      this.follow(item.control.disabled, (isDisabled) => void component.setDisabled(isDisabled), false);
    } else if ('render' in item && item.render !== undefined) {
      const cleanup = item.render(setting, group);
      if (typeof cleanup === 'function') this.cleanups.push(cleanup);
    } else if ('action' in item && item.action !== undefined) this.addAction(setting, item, index);
    return setting.settingEl;
  }

  private addAction(setting: Setting, item: O.SettingDefinitionAction, index: number): void {
    const row = setting.settingEl;
    row.addClass('mod-action');
    row.setAttrs({ role: 'button', tabindex: 0 });
    setIcon(setting.controlEl.createDiv('setting-action-icon'), 'chevron-right');
    this.follow(item.disabled, (isDisabled) => void setting.setDisabled(isDisabled), false);
    row.addEventListener('click', () => item.action(row, index));
    row.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') item.action(row, index);
    });
  }

  /** Opens below its row: the workbench has no pages to navigate. */
  private addPage(setting: Setting, page: O.SettingDefinitionPage): void {
    const { displayValue, status } = page;
    setting.addDisplayValue((value) => {
      value.setValue(typeof displayValue === 'function' ? displayValue() : (displayValue ?? ''));
      value.setStatus(typeof status === 'function' ? status() : (status ?? null));
    });
    setting.addExtraButton((button) =>
      button.setIcon('chevron-right').onClick(() => {
        const body = makeElement('div', 'setting-page-body');
        setting.settingEl.after(body);
        const custom = page.page?.();
        if (custom !== undefined) {
          body.appendChild(custom.rootEl);
          custom.display();
          this.cleanups.push(() => custom.hide());
        } else {
          const inner = new DefinitionRenderer(this.app, this.store);
          inner.render(body, page.items ?? []);
          this.predicates.push(() => inner.refresh());
          this.cleanups.push(() => inner.clear());
        }
        button.setDisabled(true);
      }),
    );
  }

  private follow(
    condition: boolean | (() => boolean) | undefined,
    apply: (value: boolean) => void,
    fallback = true,
  ): void {
    const evaluate = () => apply(typeof condition === 'function' ? condition() : (condition ?? fallback));
    evaluate();
    if (typeof condition === 'function') this.predicates.push(evaluate);
  }
}

function addListAffordances(
  group: SettingGroup,
  definition: O.SettingDefinitionList,
  rows: HTMLElement[],
): void {
  const { addItem, onDelete, onReorder, emptyState } = definition;
  if (rows.length === 0 && emptyState !== undefined) {
    group.listEl.createDiv({ cls: 'setting-list-empty', text: emptyState });
  }
  if (addItem !== undefined) {
    group.addExtraButton((button) =>
      button
        .setIcon('plus')
        .setTooltip(addItem.name)
        .onClick(() => addItem.action(button.extraSettingsEl)),
    );
  }
  for (const [index, row] of rows.entries()) {
    const controls = row.querySelector<HTMLElement>('.setting-item-control') ?? row;
    if (onReorder !== undefined && index > 0) {
      addRowButton(controls, 'arrow-up', 'Move up', () => onReorder(index, index - 1));
    }
    if (onDelete !== undefined) addRowButton(controls, 'trash-2', 'Delete', () => onDelete(index));
  }
}

function addRowButton(controls: HTMLElement, icon: string, label: string, run: () => void): void {
  const button = controls.createEl('button', {
    cls: 'clickable-icon',
    type: 'button',
    attr: { 'aria-label': label },
  });
  setIcon(button, icon);
  button.addEventListener('click', run);
}

function isGroup(item: O.SettingDefinitionItem): item is O.SettingDefinitionGroup {
  return 'type' in item && (item.type === 'group' || item.type === 'list');
}

function isList(item: O.SettingDefinitionGroup): item is O.SettingDefinitionList {
  return item.type === 'list';
}

function isPage(item: Definition): item is O.SettingDefinitionPage {
  return 'type' in item;
}
