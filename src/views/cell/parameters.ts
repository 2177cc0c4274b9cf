import type { App } from 'obsidian';
import type { Cell } from '../../cells/cell';
import { withEnvironment } from '../../cells/environment';
import { fillPlaceholders } from '../../cells/placeholders';
import { readLabVars, type LabVar } from '../../labs/vars';
import { maskedValues } from '../../trust/secretNames';
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

  constructor(private readonly app: App) {
    this.remembered = new PlaceholderValues(app);
  }

  /** Remembered values, else the first choice that the note's `lab_vars` give. */
  valuesOf(note: string): Readonly<Record<string, string>> {
    const values: Record<string, string> = { ...this.remembered.of(note) };
    for (const { name, choices } of this.varsOf(note)) values[name] ??= choices[0] ?? '';
    return values;
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
    return [
      ...cell.placeholders.map((name) => ({ name, kind: 'placeholder' as const })),
      ...used.map(({ name }) => ({ name, kind: 'variable' as const })),
    ].map((field) => ({ ...field, value: values[field.name] ?? '', choices: choicesOf(field.name) }));
  }

  remember(note: string, values: Readonly<Record<string, string>>): void {
    this.remembered.remember(note, values);
  }

  /** A text of the cell (its code, its `capture=`) with all values in their places. */
  fill(note: string, text: string): string {
    return fillPlaceholders(text, this.valuesOf(note));
  }

  /** As `fill`, for people to read: secrets are masked. */
  fillMasked(note: string, text: string): string {
    return fillPlaceholders(text, maskedValues(this.valuesOf(note)));
  }

  /** What the session is given: placeholders filled, `lab_vars` in the environment. */
  sourceOf(note: string, cell: Cell): string {
    const values = this.valuesOf(note);
    const filled = cell.placeholders.length === 0 ? cell.source : fillPlaceholders(cell.source, values);
    const vars = this.varsOf(note).map(({ name }) => [name, values[name] ?? '']);
    return withEnvironment(cell, filled, Object.fromEntries(vars) as Record<string, string>);
  }

  rename(from: string, to: string): void {
    this.remembered.rename(from, to);
  }

  forget(note: string): void {
    this.remembered.forget(note);
  }

  private varsOf(note: string): LabVar[] {
    const frontmatter: Readonly<Record<string, unknown>> | undefined =
      this.app.metadataCache.getCache(note)?.frontmatter;
    return frontmatter ? readLabVars(frontmatter) : [];
  }
}

/** Whether the code mentions a variable. */
function uses({ source }: Cell, name: string): boolean {
  return new RegExp(`\\$\\{?${name}\\b`).test(source);
}
