// What people read is Markdown that every reader shows alike: on GitHub, in Obsidian, in a terminal.
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import yaml from 'js-yaml';
import { lint } from 'markdownlint/promise';
import type { Configuration } from 'markdownlint';
import { describe, expect, it } from 'vitest';

const config = yaml.load(readFileSync('.markdownlint.yaml', 'utf8')) as Configuration;

/** Every note that is for readers; those of the tests are odd on purpose. */
function files(): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'],
    {
      encoding: 'utf8',
    },
  );
  return listed.split('\0').filter((file) => file !== '' && !file.startsWith('test/'));
}

/** What programs have printed stands in receipts as they printed it. */
const isOutput = (file: string, rule: string | undefined) =>
  rule === 'MD010' && file.startsWith('sample-vault/Receipts/');

describe('markdownlint', () => {
  it('finds nothing in the sample vault, README and docs', async () => {
    const found = await lint({ files: files(), config });
    const findings = Object.entries(found).flatMap(([file, errors]) =>
      errors
        .filter(({ ruleNames }) => !isOutput(file, ruleNames[0]))
        .map(({ lineNumber, ruleNames, ruleDescription, errorDetail }) =>
          [`${file}:${lineNumber}`, ruleNames[0], ruleDescription, errorDetail ?? ''].join(' ').trim(),
        ),
    );
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining(['README.md', 'sample-vault/Labs/Linux Networking.md']),
    );
    expect(findings).toEqual([]);
  });

  it('would find a heading that skips a level, and a fence without a language', async () => {
    const note = '# Title\n\n### Too deep\n\n```\ncode\n```\n';
    const found = await lint({ strings: { note }, config });
    expect(found['note']?.map(({ ruleNames }) => ruleNames[0])).toEqual(['MD001', 'MD040']);
  });
});
