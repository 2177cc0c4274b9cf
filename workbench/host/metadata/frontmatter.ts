/** The YAML block at the head of a note. */
import { CORE_SCHEMA, dump, load } from 'js-yaml';
import type * as O from 'obsidian';

/** obsidian.d.ts "function getFrontMatterInfo": where the block lies; offsets are in UTF-16 units. */
export function getFrontMatterInfo(content: string): O.FrontMatterInfo {
  const opening = /^---[ \t]*\r?\n/.exec(content);
  const closing = opening === null ? null : /^---[ \t]*(?:\r?\n|$)/m.exec(content.slice(opening[0].length));
  if (opening === null || closing === null) {
    return { exists: false, frontmatter: '', from: 0, to: 0, contentStart: 0 };
  }
  const from = opening[0].length;
  const to = from + closing.index;
  return {
    exists: true,
    frontmatter: content.slice(from, to),
    from,
    to,
    contentStart: to + closing[0].length,
  };
}

/** Dates stay text, as Obsidian shows them. Throws js-yaml's YAMLException on broken YAML. */
export function parseYaml(yaml: string): unknown {
  return load(yaml, { schema: CORE_SCHEMA });
}

export function stringifyYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, schema: CORE_SCHEMA });
}

/** Null when there is no block, or when it is broken: Obsidian then shows the note without properties. */
export function parseFrontmatter(content: string): Record<string, unknown> | null {
  const { exists, frontmatter } = getFrontMatterInfo(content);
  if (!exists) return null;
  try {
    const parsed = parseYaml(frontmatter);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Calls `visit` for every text in the frontmatter, with its key: `see_also.0` for the first of a list. */
export function eachText(value: unknown, visit: (key: string, text: string) => void, key = ''): void {
  if (typeof value === 'string') visit(key, value);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, child] of Object.entries(value))
      eachText(child, visit, key === '' ? name : `${key}.${name}`);
  }
}

/** obsidian.d.ts "function parseFrontMatterEntry": the value of the first key that is `key`, or matches it. */
export function parseFrontMatterEntry(frontmatter: unknown, key: string | RegExp): unknown {
  if (typeof frontmatter !== 'object' || frontmatter === null) return null;
  const found = Object.entries(frontmatter).find(([name]) =>
    typeof key === 'string' ? name === key : key.test(name),
  );
  return (found?.[1] as unknown) ?? null;
}

/** A list of texts, also where the note has one text with commas in it; null when there is none. */
export function parseFrontMatterStringArray(frontmatter: unknown, key: string | RegExp): string[] | null {
  const value = parseFrontMatterEntry(frontmatter, key);
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  const trimmed = texts.map((text) => text.trim()).filter((text) => text !== '');
  return trimmed.length === 0 ? null : trimmed;
}

export function parseFrontMatterAliases(frontmatter: unknown): string[] | null {
  return parseFrontMatterStringArray(frontmatter, /^alias(es)?$/i);
}

export function parseFrontMatterTags(frontmatter: unknown): string[] | null {
  const tags = parseFrontMatterStringArray(frontmatter, /^tags?$/i);
  return tags?.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`)) ?? null;
}
