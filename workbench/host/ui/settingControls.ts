/** The controls of declarative settings (obsidian.d.ts "type SettingControl"). */
import type * as O from 'obsidian';
import type { Setting } from './setting';

export interface ControlStore {
  getControlValue(key: string): unknown;
  setControlValue(key: string, value: unknown): void | Promise<void>;
}

/** Draws the control into the row, with its value and its validation. */
export function addControl(
  setting: Setting,
  control: O.SettingControl,
  store: ControlStore,
  app: O.App,
): O.BaseComponent {
  const stored = store.getControlValue(control.key) ?? control.defaultValue;
  const keep = (value: unknown) => void persist(setting, control, store, value);
  const text = typeof stored === 'string' ? stored : '';
  return added((done) => {
    switch (control.type) {
      case 'toggle':
        setting.addToggle((toggle) => done(toggle.setValue(stored === true).onChange(keep)));
        break;
      case 'dropdown':
        setting.addDropdown((field) => done(field.addOptions(control.options).setValue(text).onChange(keep)));
        break;
      case 'slider':
        setting.addSlider((slider) => {
          slider.setLimits(control.min, control.max, control.step);
          if (control.displayFormat !== undefined) slider.setDisplayFormat(control.displayFormat);
          done(slider.setValue(typeof stored === 'number' ? stored : control.min).onChange(keep));
        });
        break;
      case 'color':
        setting.addColorPicker((picker) => done(picker.setValue(text || '#000000').onChange(keep)));
        break;
      case 'textarea':
        setting.addTextArea((field) => {
          if (control.rows !== undefined) field.inputEl.rows = control.rows;
          done(fill(field, text, control.placeholder).onChange(keep));
        });
        break;
      case 'number':
        setting.addText((field) => done(numberField(control, field, stored, keep)));
        break;
      default:
        setting.addText((field) => {
          if (control.type !== 'text') suggestPaths(field.inputEl, control, app);
          done(fill(field, text, control.placeholder).onChange(keep));
        });
    }
    // What was stored by an earlier version may be invalid already.
    if (stored !== undefined) void validate(setting, control, stored);
  });
}

/** `Setting.add…` hands its component to a callback at once; this hands it back. */
function added(add: (done: (component: O.BaseComponent) => void) => void): O.BaseComponent {
  const made: O.BaseComponent[] = [];
  add((component) => made.push(component));
  const [component] = made;
  if (component === undefined) throw new Error('A control was not drawn.');
  return component;
}

function numberField(
  control: O.SettingNumberControl,
  field: O.TextComponent,
  stored: unknown,
  keep: (value: number) => void,
): O.TextComponent {
  const { inputEl } = field;
  inputEl.type = 'number';
  if (control.min !== undefined) inputEl.min = String(control.min);
  if (control.max !== undefined) inputEl.max = String(control.max);
  if (control.step !== undefined) inputEl.step = String(control.step);
  fill(field, typeof stored === 'number' ? String(stored) : '', control.placeholder);
  return field.onChange((value) => {
    const parsed = Number(value);
    keep(value.trim() === '' || Number.isNaN(parsed) ? (control.defaultValue ?? 0) : parsed);
  });
}

function fill<T extends O.TextComponent | O.TextAreaComponent>(field: T, value: string, hint = ''): T {
  field.setValue(value);
  field.setPlaceholder(hint);
  return field;
}

/** Keeps the value unless `validate` returns a sentence against it (obsidian.d.ts "SettingControlBase.validate"). */
async function persist(
  setting: Setting,
  control: O.SettingControl,
  store: ControlStore,
  value: unknown,
): Promise<void> {
  if (await validate(setting, control, value)) await store.setControlValue(control.key, value);
}

async function validate(setting: Setting, control: O.SettingControl, value: unknown): Promise<boolean> {
  // Each control calls this with values of its own type, which the union of all controls cannot say.
  const check = control.validate as ((value: unknown) => string | void | Promise<string | void>) | undefined;
  const complaint = (await check?.(value)) ?? '';
  setting.setErrorMessage(complaint === '' ? null : complaint);
  return complaint === '';
}

let lastListId = 0;

/** The browser's own list of suggestions stands in for the app's. */
function suggestPaths(
  inputEl: HTMLInputElement,
  control: O.SettingFileControl | O.SettingFolderControl,
  app: O.App,
): void {
  const list = inputEl.doc.body.createEl('datalist', { attr: { id: `paths-${++lastListId}` } });
  inputEl.setAttribute('list', list.id);
  const paths =
    control.type === 'file'
      ? app.vault.getFiles().filter((file) => control.filter?.(file) ?? true)
      : app.vault
          .getAllFolders(control.includeRoot ?? false)
          .filter((folder) => control.filter?.(folder) ?? true);
  for (const { path } of paths) list.createEl('option', { value: path });
}
