import { findBodyLine } from '../markdown/frontmatter';
import type { NoteKind } from '../moc/moc';
import { foldName } from './fold';
import { yamlValue, type StubContent } from './stubTemplate';

/** A note of the user's template folder. */
export interface UserTemplate {
  /** File name without folder and `.md`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The template for a stub: one named like its section, else one named like its kind (`debug`, `lab`, `guide`, `map`),
 * else one named `stub`. Null when there is none: Labpath then uses its own.
 */
export function templateFor(
  kind: NoteKind,
  section: string,
  templates: readonly UserTemplate[],
): UserTemplate | null {
  for (const wanted of [section, kind, 'stub']) {
    const found = templates.find(({ name }) => foldName(name) === foldName(wanted));
    if (found && wanted !== '') return found;
  }
  return null;
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * The template with its placeholders filled: `{{title}}`, `{{moc}}`, `{{section}}`, `{{uid}}`, `{{prerequisites}}`,
 * `{{description}}`, `{{kind}}`, `{{date}}`. In the properties a placeholder that is a whole value becomes YAML; links
 * come with their brackets. What is no placeholder of ours stays, for another plugin may fill it.
 */
export function fillTemplate(text: string, content: StubContent, section: string): string {
  const lines = text.split('\n');
  const bodyLine = findBodyLine(lines.map((line) => line.replace(/\r$/, '')));
  const values = valuesOf(content, section);
  return lines
    .map((line, i) => (i + 1 < bodyLine ? fillProperty(line, values) : fillWords(line, values)))
    .join('\n');
}

type Values = ReadonlyMap<string, string | readonly string[]>;

function valuesOf(content: StubContent, section: string): Values {
  const brackets = (links: readonly string[]) => links.map((link) => `[[${link}]]`);
  return new Map<string, string | readonly string[]>([
    ['title', content.title],
    ['moc', brackets(content.mocs).at(0) ?? ''],
    ['section', section],
    ['uid', content.uid],
    ['prerequisites', brackets(content.prerequisites)],
    ['description', content.description],
    ['kind', content.kind],
    ['date', content.now.slice(0, 10)],
  ]);
}

function fillProperty(line: string, values: Values): string {
  const whole = /^(\s*(?:[^\s:#][^:]*:|-)\s+)\{\{\s*(\w+)\s*\}\}(\s*)$/.exec(line);
  const value = values.get(whole?.[2] ?? '');
  if (whole && value !== undefined)
    return `${whole[1] ?? ''}${value === '' ? '' : yamlValue(value)}${whole[3] ?? ''}`;
  const quoted = line.includes('"');
  return line.replace(PLACEHOLDER, (found, name: string) => {
    const words = wordsOf(values.get(name));
    return words === null ? found : quoted ? words.replace(/["\\]/g, '\\$&') : words;
  });
}

function fillWords(line: string, values: Values): string {
  return line.replace(PLACEHOLDER, (found, name: string) => wordsOf(values.get(name)) ?? found);
}

function wordsOf(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}
