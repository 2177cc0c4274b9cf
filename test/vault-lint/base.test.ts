import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { vaultNotes } from './vaultNotes';

interface Base {
  readonly formulas: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly views: readonly {
    readonly type: string;
    readonly name: string;
    readonly order: readonly string[];
  }[];
}

it('the base of the sample vault shows properties that its notes have', () => {
  const base = load(readFileSync('sample-vault/Progress.base', 'utf8')) as Base;
  const known = new Set(vaultNotes().flatMap(({ frontmatter }) => Object.keys(frontmatter.data)));
  const shown = [...Object.keys(base.properties), ...base.views.flatMap(({ order }) => order)];
  for (const name of new Set(shown)) {
    if (name.startsWith('formula.'))
      expect(Object.keys(base.formulas)).toContain(name.slice('formula.'.length));
    else if (!name.startsWith('file.')) expect(known).toContain(name);
  }
});

it('properties are flat, as Obsidian’s own editor, Bases and Dataview read them', () => {
  for (const { title, frontmatter } of vaultNotes()) {
    for (const [key, value] of Object.entries(frontmatter.data)) {
      const values: unknown[] = Array.isArray(value) ? value : [value];
      expect(
        values.every((each) => each === null || typeof each !== 'object'),
        `${title}: ${key}`,
      ).toBe(true);
    }
  }
});
