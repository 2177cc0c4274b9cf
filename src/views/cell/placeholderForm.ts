import type { Cell } from '../../cells/cell';
import { visibleLine } from '../../base/visible';
import { isSecretName } from '../../trust/secretNames';
import { freshId, nameBy } from '../ui/name';

export interface PlaceholderFormParts {
  readonly cell: Cell;
  readonly host: string;
  readonly values: Readonly<Record<string, string>>;
  readonly submit: (values: Record<string, string>) => void;
  readonly cancel: () => void;
}

/** Asks for a cell's placeholders before it runs. Every field must be filled: an empty word changes a command. */
export function placeholderForm(parent: HTMLElement, parts: PlaceholderFormParts): HTMLFormElement {
  const { cell } = parts;
  const form = parent.createEl('form', { cls: 'labpath-form' });
  const intro = form.createDiv({
    cls: 'labpath-form-intro',
    text:
      cell.placeholders.length === 1
        ? 'This cell has a placeholder. Fill it before it runs; the value is remembered for this note.'
        : 'This cell has placeholders. Fill them before it runs; the values are remembered for this note.',
  });
  nameBy(form, intro);
  if (cell.placeholders.some(isSecretName)) {
    form.createDiv({
      cls: 'labpath-form-intro',
      text: 'What is called a password, secret, token or key is held in memory only, until Obsidian closes.',
    });
  }
  const inputs = cell.placeholders.map((name) => {
    const id = freshId();
    const row = form.createDiv({ cls: 'labpath-form-row' });
    row.createEl('label', { text: visibleLine(name), attr: { for: id } });
    const input = row.createEl('input', {
      type: isSecretName(name) ? 'password' : 'text',
      value: parts.values[name] ?? '',
      attr: { id, name, required: true, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' },
    });
    return { name, input };
  });
  const actions = form.createDiv({ cls: 'labpath-form-actions' });
  actions.createEl('button', { cls: 'mod-cta', text: `Run on ${parts.host}`, attr: { type: 'submit' } });
  actions
    .createEl('button', { text: 'Cancel', attr: { type: 'button' } })
    .addEventListener('click', () => parts.cancel());
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') parts.cancel();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    parts.submit(Object.fromEntries(inputs.map(({ name, input }) => [name, input.value])));
  });
  return form;
}
