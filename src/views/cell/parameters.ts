import type { App } from 'obsidian';
import type { Cell } from '../../cells/cell';
import { fillPlaceholders } from '../../cells/placeholders';
import { chooseValues, readLabVars, type LabVar } from '../../labs/vars';
import type { Given } from './given';
import { maskedValues } from '../../trust/secretNames';
import type { DeviceStorage } from '../ui/deviceStorage';
import { PlaceholderValues } from './placeholderValues';

/** One field of the form that asks before a cell runs. */
export interface ParameterField {
  readonly name: string;
  readonly value: string;
  /** Values the note itself offers; the machine may know more. */
  readonly choices: readonly string[];
  /** `lab_vars` reach the cell as environment variables, placeholders as words in its code. */
  readonly kind: 'placeholder' | 'variable';
}

/** What a note's cells are run with: values of placeholders and of the note's `lab_vars`, remembered per note. */
export class Parameters {
  private readonly remembered: PlaceholderValues;

  constructor(
    private readonly app: Pick<App, 'metadataCache'> & DeviceStorage,
    /** The number of the attempt at the note's lab that goes on; null when there is none. */
    private readonly turnOf: (note: string) => number | null,
  ) {
    this.remembered = new PlaceholderValues(app);
  }

  /**
   * Of the note's `lab_vars` what the attempt that goes on has chosen, so that all its cells speak of the same; else what
   * is remembered, else their first choice. Of placeholders what is remembered.
   */
  valuesOf(note: string): Readonly<Record<string, string>> {
    const vars = this.varsOf(note);
    const turn = this.turnOf(note);
    const remembered = this.remembered.of(note);
    return turn === null
      ? { ...chooseValues(vars, 0), ...remembered }
      : { ...remembered, ...chooseValues(vars, turn) };
  }

  /** All of it at this moment. */
  given(note: string): Given {
    return { vars: this.varsOf(note), values: this.valuesOf(note) };
  }

  /** Secrets that were entered for any note. */
  get secrets(): readonly string[] {
    return this.remembered.allSecrets;
  }

  /** Names without a value. */
  missing(note: string, cell: Cell): readonly string[] {
    const values = this.valuesOf(note);
    return cell.placeholders.filter((name) => (values[name] ?? '') === '');
  }

  fieldsOf(note: string, cell: Cell): ParameterField[] {
    const values = this.valuesOf(note);
    const vars = this.varsOf(note);
    const choicesOf = (name: string) => vars.find((each) => each.name === name)?.choices ?? [];
    const used = vars.filter(({ name }) => !cell.placeholders.includes(name) && uses(cell, name));
    // What the attempt has chosen is not the learner's to change.
    const isFixed = (name: string) => this.turnOf(note) !== null && choicesOf(name).length > 0;
    return [
      ...cell.placeholders.map((name) => ({ name, kind: 'placeholder' as const })),
      ...used.map(({ name }) => ({ name, kind: 'variable' as const })),
    ]
      .filter(({ name }) => !isFixed(name))
      .map((field) => ({ ...field, value: values[field.name] ?? '', choices: choicesOf(field.name) }));
  }

  remember(note: string, values: Readonly<Record<string, string>>): void {
    this.remembered.remember(note, values);
  }

  /** A text of the cell with all values in their places, for people to read: secrets are masked. */
  fillMasked(note: string, text: string): string {
    return fillPlaceholders(text, maskedValues(this.valuesOf(note)));
  }

  rename(from: string, to: string): void {
    this.remembered.rename(from, to);
  }

  forget(note: string): void {
    this.remembered.forget(note);
  }

  /** The note's `lab_vars`, with all their choices. */
  varsOf(note: string): readonly LabVar[] {
    const frontmatter: Readonly<Record<string, unknown>> | undefined =
      this.app.metadataCache.getCache(note)?.frontmatter;
    return frontmatter ? readLabVars(frontmatter) : [];
  }
}

/** Whether the code mentions a variable. */
function uses({ source }: Cell, name: string): boolean {
  return new RegExp(`\\$\\{?${name}\\b`).test(source);
}
