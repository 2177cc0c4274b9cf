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

describe('the example of a key', () => {
  it.each(Object.entries(KEY_FACTS))('is understood: %s', (key, { example, of }) => {
    const { attributes, role, warnings } = parseInfo(example);
    expect(warnings).toEqual([]);
    expect(Object.keys(attributes)).toContain(key);
    if (of !== 'cells') expect(of).toContain(role);
  });
});
