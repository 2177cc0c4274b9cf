import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInfo } from '../../src/cells/attributes';
import { KEY_FACTS, ROLE_FACTS, type KeyFact } from '../../src/cells/keyFacts';

const page = readFileSync('docs/authoring.md', 'utf8');
/** What stands in code in the page's prose and tables; an escaped bar is one of a table's cell. */
const spans = [...page.replace(/^(`{3,}).*?^\1$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) =>
  span.replaceAll('\\|', '|'),
);

const keys: readonly [string, KeyFact][] = Object.entries(KEY_FACTS);
/** `key=value` of one of our keys, with the choices between bars one by one. */
const shown = spans.flatMap((span) => {
  const [, key = '', value = ''] = /^([a-z-]+)=([^ ]+|"[^"]+")$/.exec(span) ?? [];
  const fact = keys.find(([name]) => name === key)?.[1];
  return fact === undefined ? [] : value.split('|').map((one) => ({ span: `${key}=${one}`, fact }));
});

describe('docs/authoring.md', () => {
  it('says every key of a fence, and every role', () => {
    const said = (name: string) => spans.some((span) => new RegExp(`(^| )${name}(=|$| )`).test(span));
    expect(keys.map(([key]) => key).filter((key) => !said(key))).toEqual([]);
    expect(Object.keys(ROLE_FACTS).filter((role) => !said(role))).toEqual([]);
  });

  it.each(shown)('shows a value that is understood: $span', ({ span, fact }) => {
    const roles = fact.of === 'cells' ? [''] : fact.of;
    const warnings = roles.map((role) => parseInfo(`bash {${role} ${span}}`).warnings);
    expect(warnings).toContainEqual([]);
  });

  it('says every property of a note that the code reads', () => {
    const read = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join('src', file), 'utf8').matchAll(/(?:frontmatter|data)\['([a-z_]+)'\]/g),
      ])
      .map(([, name = '']) => name);
    // Of receipts, which the prover writes, and of the plugin's own data.
    const others = ['fingerprint', 'kernel', 'proved', 'learned', 'runs', 'version'];
    const table = page.slice(page.indexOf('\n## Frontmatter'));
    const missing = [...new Set(read)].filter(
      (name) => !others.includes(name) && !new RegExp(`\`${name}\\b`).test(table),
    );
    expect(missing).toEqual([]);
  });
});
