import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { written } from '../../scripts/docs/written';
import { parseInfo } from '../../src/cells/attributes';
import { KEY_FACTS } from '../../src/cells/keyFacts';

describe('what docs/ says of the code', () => {
  it.each(written)(
    'is written anew when the code changes: $file (npm run docs)',
    async ({ file, render }) => {
      const text = readFileSync(file, 'utf8');
      expect(await render(text)).toBe(text);
    },
  );
});

describe('docs/reference.md', () => {
  it('has what the plugin registers: no table of it is empty', () => {
    const reference = readFileSync('docs/reference.md', 'utf8');
    const [plugin = ''] = reference.split('\n## Fences\n');
    const parts = plugin.split('\n## ').slice(1);
    const rows = parts.map((part) => ({
      part: part.slice(0, part.indexOf('\n')),
      isEmpty: (part.match(/^\| (?!---)/gm) ?? []).length < 2,
    }));
    expect(rows).toEqual(
      ['Commands in Obsidian', 'Settings', "Obsidian's command line"].map((part) => ({
        part,
        isEmpty: false,
      })),
    );
  });
});

describe('the example of a key', () => {
  it.each(Object.entries(KEY_FACTS))('is understood: %s', (key, { example, of }) => {
    const { attributes, role, warnings } = parseInfo(example);
    expect(warnings).toEqual([]);
    expect(Object.keys(attributes)).toContain(key);
    if (of !== 'cells') expect(of).toContain(role);
  });
});
