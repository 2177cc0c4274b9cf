import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/architecture.md', 'utf8');

describe('docs/architecture.md', () => {
  it('names the folders of src, all of them, in the order that eslint holds', () => {
    const config = readFileSync('eslint.config.mjs', 'utf8');
    const order = [...(/const folders = \[([^\]]*)\]/.exec(config)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
      ([, name]) => name,
    );
    const told = [...page.matchAll(/^\| `src\/(\w+)` \|/gm)].map(([, name]) => name);
    const onDisk = readdirSync('src', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(told).toEqual(order);
    expect([...told].sort()).toEqual([...onDisk].sort());
  });

  it('calls those folders pure that eslint keeps so', () => {
    const config = readFileSync('eslint.config.mjs', 'utf8');
    const pure = [...(/const pure = \[([^\]]*)\]/.exec(config)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
      ([, name]) => name,
    );
    const told = [...page.matchAll(/^\| `src\/(\w+)` \|.*\| pure \|$/gm)].map(([, name]) => name);
    expect([...told].sort()).toEqual([...pure].sort());
  });
});
