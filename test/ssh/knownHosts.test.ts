import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostKeyAlgorithms } from '../../src/ssh/hostKeyAlgorithms';
import { entriesFor, judge, knownHostName, parseKnownHosts, type HmacSha1 } from '../../src/ssh/knownHosts';
import { wildcardMatches } from '../../src/ssh/wildcard';
import { makeKey } from '../support/sshd';

const hmac: HmacSha1 = (key, text) =>
  createHmac('sha1', Buffer.from(key, 'base64')).update(text).digest('base64');

let dir: string;
const keys: Record<string, string> = {};
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'labpath-known-'));
  for (const [name, type] of [
    ['a', 'ed25519'],
    ['b', 'rsa'],
    ['c', 'ecdsa'],
    ['other', 'ed25519'],
  ] as const) {
    makeKey(join(dir, name), type);
    keys[name] = readFileSync(join(dir, `${name}.pub`), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ');
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const key = (name: string): string => (keys[name] ?? '').split(' ')[1] ?? '';

function plainFile(): string {
  return [
    `lab.example,10.0.0.5 ${keys.a}`,
    `*.internal,!secret.internal ${keys.b} with a comment`,
    `[jump]:2222 ${keys.c}`,
    `@revoked *.internal ${keys.other}`,
    `@cert-authority *.corp ${keys.a}`,
    '# lab.example comment',
    '',
    '   \t',
    `@unknown lab.example ${keys.a}`,
    `UPPER.Example ${keys.b}`,
    `10.0.?.7 ${keys.c}`,
  ].join('\n');
}

describe('known_hosts', () => {
  const names = [
    'lab.example', '10.0.0.5', 'a.internal', 'secret.internal', '[jump]:2222', 'jump', '[lab.example]:2222',
    'x.corp', 'nope', 'upper.example', '10.0.1.7', 'UPPER.EXAMPLE',
  ]; // prettier-ignore

  test.each(['plain', 'hashed'])('is searched as ssh-keygen -F does (%s names)', (kind) => {
    const file = join(dir, kind);
    writeFileSync(
      file,
      `${kind === 'plain' ? plainFile() : `lab.example ${keys.a}\n[jump]:2222 ${keys.c}\nb ${keys.b}`}\n`,
    );
    if (kind === 'hashed') execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    const entries = parseKnownHosts(readFileSync(file, 'utf8'));
    for (const name of names) {
      const printed = spawnSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' }).stdout;
      const theirs = [...printed.matchAll(/found: line (\d+)/g)].map((match) => Number(match[1]));
      expect([name, entriesFor(entries, name.toLowerCase(), hmac).map(({ line }) => line)]).toEqual([
        name,
        theirs,
      ]);
    }
  });

  test('a host is known by its key, changed by another, unknown without one', () => {
    const entries = parseKnownHosts(plainFile());
    const verdict = (name: string, shown: string): unknown =>
      judge(entriesFor(entries, name, hmac), key(shown));
    expect(verdict('lab.example', 'a')).toEqual({ kind: 'known' });
    expect(verdict('lab.example', 'other')).toMatchObject({ kind: 'changed', conflict: { line: 1 } });
    expect(verdict('lab.example', 'b')).toMatchObject({ kind: 'changed', conflict: { line: 1 } });
    expect(verdict('x.internal', 'other')).toMatchObject({ kind: 'revoked', conflict: { line: 4 } });
    expect(verdict('nope', 'a')).toEqual({ kind: 'unknown', authorityOnly: false });
    expect(verdict('x.corp', 'a')).toEqual({ kind: 'unknown', authorityOnly: true });
  });

  test('the name of a host has its port only when that is not 22', () => {
    expect(knownHostName('Lab.Example', 22)).toBe('lab.example');
    expect(knownHostName('lab', 2222)).toBe('[lab]:2222');
  });

  test('the types of known keys are asked for first, and SHA-1 never', () => {
    const entries = parseKnownHosts(`h ${keys.b}\n@cert-authority h ${keys.a}`);
    expect(hostKeyAlgorithms(entries).slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519']);
    expect(hostKeyAlgorithms([])).not.toContain('ssh-rsa');
  });

  test('a line without a whole key of the named type says nothing', () => {
    const lines = ['h ssh-ed25519 not-base64!', 'h ssh-rsa', `h ssh-rsa ${key('a')}`, 'h ssh-ed25519 AAAA'];
    expect(parseKnownHosts(lines.join('\n'))).toEqual([]);
  });

  test('no text makes the parser fail', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseKnownHosts(text);
      }),
    );
  });
});

test('A wildcard matches as the regular expression it stands for', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (wildcard, host) => {
      const source = wildcard.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(wildcardMatches(wildcard, host)).toBe(new RegExp(`^${source}$`).test(host));
    }),
    { numRuns: 2000 },
  );
});
