import type { Cell } from '../../cells/cell';
import { freshId, nameBy } from '../ui/name';
import type { ParameterField } from './parameters';
import type { Suggestion } from './suggester';

export interface PlaceholderFormParts {
  readonly cell: Cell;
  readonly host: string;
  readonly fields: readonly ParameterField[];
  /** What the machine itself knows for a field. */
  readonly suggest: (name: string) => Promise<readonly Suggestion[]>;
  readonly submit: (values: Record<string, string>) => void;
  readonly cancel: () => void;
}

/** Asks for a cell's values before it runs. Every field must be filled: an empty word changes a command. */
export function placeholderForm(parent: HTMLElement, parts: PlaceholderFormParts): HTMLFormElement {
  const { fields } = parts;
  const form = parent.createEl('form', { cls: 'labpath-form' });
  const intro = form.createDiv({
    cls: 'labpath-form-intro',
    text:
      fields.length === 1
        ? 'This cell has a placeholder. Fill it before it runs; the value is remembered for this note.'
        : 'This cell has placeholders. Fill them before it runs; the values are remembered for this note.',
  });
  nameBy(form, intro);
  const inputs = fields.map((field) => ({ name: field.name, input: fieldRow(form, field, parts.suggest) }));
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

function fieldRow(
  form: HTMLElement,
  { name, value, choices }: ParameterField,
  suggest: PlaceholderFormParts['suggest'],
): HTMLInputElement {
  const id = freshId();
  const listId = freshId();
  const row = form.createDiv({ cls: 'labpath-form-row' });
  row.createEl('label', { text: name, attr: { for: id } });
  const input = row.createEl('input', {
    type: 'text',
    value,
    attr: {
      ...{ id, name, list: listId, required: true },
      ...{ autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' },
    },
  });
  const list = row.createEl('datalist', { attr: { id: listId } });
  for (const choice of choices) list.createEl('option', { value: choice });
  void suggest(name).then((suggestions) => {
    for (const each of suggestions) list.createEl('option', { value: each.value, text: each.about });
  });
  return input;
}
