import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import { connect } from '../../src/ssh/connect';
import type { HostTarget } from '../../src/ssh/target';
import { nodeClock } from '../support/nodeClock';
import { targetOf, unasked } from '../support/shell';
import { makeKey, startSshd, type TestSshd } from '../support/sshd';

/** A server with keys of all types, and one with a single key. */
let sshd: TestSshd;
let plain: TestSshd;
let dir: string;
beforeAll(async () => {
  [sshd, plain] = await Promise.all([startSshd(), startSshd({ hostKeys: ['ed25519'] })]);
  dir = mkdtempSync(join(tmpdir(), 'labpath-host-keys-'));
  for (const type of ['ed25519', 'rsa', 'ecdsa'] as const) makeKey(join(dir, type), type);
});
afterAll(async () => {
  await Promise.all([sshd.stop(), plain.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

type Verdict = 'known' | 'unknown' | 'changed' | 'revoked';

interface Case {
  readonly server?: 'plain';
  /** Lines of known_hosts; `{host}` is `[127.0.0.1]:port`, `{ed25519}` the server's key, `{other-rsa}` a strange one. */
  readonly lines: readonly string[];
  /** Lines of a second file. */
  readonly more?: readonly string[];
  /** Run `ssh-keygen -H` on the file. */
  readonly hash?: true;
  readonly lineEnd?: '\r\n';
  readonly alias?: string;
  /** Keys of RevokedHostKeys. */
  readonly revoked?: readonly string[];
  readonly verdict: Verdict;
}

const CASES: Readonly<Record<string, Case>> = {
  'that no file knows': { lines: [], verdict: 'unknown' },
  'that is known': { lines: ['{host} {ed25519}'], verdict: 'known' },
  'that differs from the known one of its type': { lines: ['{host} {other-ed25519}'], verdict: 'changed' },
  'of a server that has the known type besides others': { lines: ['{host} {rsa}'], verdict: 'known' },
  'of a server whose ECDSA key alone is known': { lines: ['{host} {ecdsa}'], verdict: 'known' },
  'of a server that has the known type with another key': {
    lines: ['{host} {other-rsa}'],
    verdict: 'changed',
  },
  'of another type than the known one, which the server lacks': {
    server: 'plain',
    lines: ['{host} {other-rsa}'],
    verdict: 'changed',
  },
  'that stands below another one': {
    lines: ['{host} {other-ed25519}', '{host} {ed25519}'],
    verdict: 'known',
  },
  'whose known names are hashed': { lines: ['{host} {ed25519}'], hash: true, verdict: 'known' },
  'that differs from one whose names are hashed': {
    lines: ['{host} {other-ed25519}'],
    hash: true,
    verdict: 'changed',
  },
  'known without its port': { lines: ['127.0.0.1 {ed25519}'], verdict: 'known' },
  'that differs from one known without its port': {
    lines: ['127.0.0.1 {other-ed25519}'],
    verdict: 'unknown',
  },
  'of another port': { lines: ['[127.0.0.1]:1 {ed25519}'], verdict: 'unknown' },
  'known by a wildcard': { lines: ['[127.0.?.*]:* {ed25519}'], verdict: 'known' },
  'that differs from one known by a wildcard': { lines: ['* {other-ed25519}'], verdict: 'changed' },
  'excluded from a wildcard': { lines: ['*,!{host},!127.0.0.1 {ed25519}'], verdict: 'unknown' },
  'in a list of names': { lines: ['example.org,{host} {ed25519} a comment'], verdict: 'known' },
  'that is revoked': { lines: ['@revoked * {ed25519}', '{host} {ed25519}'], verdict: 'revoked' },
  'that is revoked below where it is known': {
    lines: ['{host} {ed25519}', '@revoked * {ed25519}'],
    verdict: 'revoked',
  },
  'of a host with another revoked key': {
    lines: ['@revoked * {other-ed25519}', '{host} {ed25519}'],
    verdict: 'known',
  },
  'of a host with nothing but another revoked key': {
    lines: ['@revoked * {other-ed25519}'],
    verdict: 'unknown',
  },
  'that is revoked for another host': {
    lines: ['@revoked example.org {ed25519}', '{host} {ed25519}'],
    verdict: 'known',
  },
  'in the list of RevokedHostKeys': {
    lines: ['{host} {ed25519}', '{host} {rsa}', '{host} {ecdsa}'],
    revoked: ['{ed25519}', '{rsa}', '{ecdsa}'],
    verdict: 'revoked',
  },
  'of a host with a trusted certificate authority alone': {
    lines: ['@cert-authority * {other-ed25519}'],
    verdict: 'unknown',
  },
  'of a host with an authority and a known key': {
    lines: ['@cert-authority * {other-ed25519}', '{host} {ed25519}'],
    verdict: 'known',
  },
  'that is itself named as an authority': { lines: ['@cert-authority * {ed25519}'], verdict: 'unknown' },
  'behind comments, empty and broken lines': {
    lines: [
      '# {host} {other-ed25519}',
      '',
      '{host}',
      '{host} ssh-ed25519 AAAA',
      'nonsense',
      '{host} {ed25519}',
    ],
    verdict: 'known',
  },
  'behind an unknown marker': { lines: ['@strange {host} {ed25519}'], verdict: 'unknown' },
  'in a file with CRLF': { lines: ['{host} {ed25519}'], lineEnd: '\r\n', verdict: 'known' },
  'in the second file': { lines: [], more: ['{host} {ed25519}'], verdict: 'known' },
  'that the second file contradicts': {
    lines: ['{host} {ed25519}'],
    more: ['{host} {other-ed25519}'],
    verdict: 'known',
  },
  'that differs from the second file': { lines: [], more: ['{host} {other-ed25519}'], verdict: 'changed' },
  'known by its alias': { lines: ['labs {ed25519}'], alias: 'labs', verdict: 'known' },
  'known by its address where an alias is asked for': {
    lines: ['{host} {ed25519}'],
    alias: 'labs',
    verdict: 'unknown',
  },
  'known by its alias in other letters': { lines: ['LABS {ed25519}'], alias: 'labs', verdict: 'known' },
  'of an alias in capitals': { lines: ['labs {ed25519}'], alias: 'LABS', verdict: 'known' },
  'of an alias in capitals whose known name is hashed': {
    lines: ['labs {ed25519}'],
    alias: 'LABS',
    hash: true,
    verdict: 'known',
  },
  'known by a wildcard beside a hashed name': {
    lines: ['example.org {other-ed25519}', '[127.0.0.1]:* {ed25519}'],
    hash: true,
    verdict: 'known',
  },
  'revoked by a wildcard for another port': {
    lines: ['@revoked [127.0.0.1]:1 {ed25519}', '{host} {ed25519}'],
    verdict: 'known',
  },
  'revoked under its hashed name': {
    lines: ['@revoked {host} {ed25519}'],
    hash: true,
    verdict: 'revoked',
  },
  'revoked in the second file': {
    lines: ['{host} {ed25519}'],
    more: ['@revoked * {ed25519}'],
    verdict: 'revoked',
  },
  'revoked without its port': {
    lines: ['@revoked 127.0.0.1 {ed25519}', '{host} {ed25519}'],
    verdict: 'known',
  },
  'with a bracketed name of the usual port': { lines: ['[127.0.0.1] {ed25519}'], verdict: 'unknown' },
  'that differs from that of its alias': {
    lines: ['labs {other-ed25519}'],
    alias: 'labs',
    verdict: 'changed',
  },
};

interface Files {
  readonly first: string;
  readonly second: string;
  readonly revoked: string | null;
}

function write(each: Case, server: TestSshd): Files {
  const fill = (lines: readonly string[]): string =>
    lines
      .map((line) =>
        line
          .replaceAll('{host}', `[127.0.0.1]:${server.port}`)
          .replace(/\{other-(\w+)\}/, (_, type: string) => publicKey(join(dir, type)))
          .replace(/\{(ed25519|rsa|ecdsa)\}/, (_, type: string) =>
            publicKey(join(server.dir, `host_${type}`)),
          ),
      )
      .map((line) => line + (each.lineEnd ?? '\n'))
      .join('');
  const files = { first: join(dir, 'first'), second: join(dir, 'second'), revoked: join(dir, 'revoked') };
  writeFileSync(files.first, fill(each.lines));
  writeFileSync(files.second, fill(each.more ?? []));
  writeFileSync(files.revoked, fill(each.revoked ?? []));
  if (each.hash) execFileSync('ssh-keygen', ['-q', '-H', '-f', files.first], { stdio: 'ignore' });
  return { ...files, revoked: each.revoked ? files.revoked : null };
}

function publicKey(file: string): string {
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
}

async function ours(each: Case, server: TestSshd, { first, second, revoked }: Files): Promise<Verdict> {
  let asked = false;
  const change: Partial<HostTarget> = {
    knownHostsFiles: [first, second],
    ...(each.alias === undefined ? {} : { hostKeyAlias: each.alias }),
    ...(revoked === null ? {} : { revokedHostKeysFile: revoked }),
  };
  const trust = (): Promise<'refuse'> => {
    asked = true;
    return Promise.resolve('refuse');
  };
  try {
    const connection = await connect(targetOf(server, change), nodeClock, { ...unasked, trust });
    connection.close();
    return 'known';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (asked) return 'unknown';
    if (error.problem.what.includes('another host key')) return 'changed';
    if (error.problem.what.includes('revoked')) return 'revoked';
    throw error;
  }
}

function theirs(each: Case, server: TestSshd, { first, second, revoked }: Files): Promise<Verdict> {
  const options = [
    `UserKnownHostsFile=${first} ${second}`,
    'GlobalKnownHostsFile=/dev/null',
    'StrictHostKeyChecking=yes',
    'UpdateHostKeys=no',
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    ...(each.alias === undefined ? [] : [`HostKeyAlias=${each.alias}`]),
    ...(revoked === null ? [] : [`RevokedHostKeys=${revoked}`]),
  ].flatMap((option) => ['-o', option]);
  const args = ['-F', '/dev/null', ...options, '-i', server.identityFile, '-p', String(server.port)];
  return new Promise((resolve, reject) => {
    execFile('ssh', [...args, `${server.user}@127.0.0.1`, 'true'], (error, _out, said) => {
      if (error === null) resolve('known');
      else if (/revoked/i.test(said)) resolve('revoked');
      else if (/IDENTIFICATION HAS CHANGED/.test(said)) resolve('changed');
      else if (/host key is known/.test(said)) resolve('unknown');
      else reject(new Error(said));
    });
  });
}

describe('S13: A host key is judged as ssh judges it:', () => {
  test.each(Object.entries(CASES))('one %s', async (_name, each) => {
    const server = each.server === 'plain' ? plain : sshd;
    const files = write(each, server);
    expect([await theirs(each, server, files), await ours(each, server, files)]).toEqual([
      each.verdict,
      each.verdict,
    ]);
  });
});
