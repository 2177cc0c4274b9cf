/** StrictHostKeyChecking of the user's ssh config, against a real sshd and beside ssh itself. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import type { ConfigValues } from '../../src/ssh/configValues';
import { connect } from '../../src/ssh/connect';
import { resolveHost, type SshDestination } from '../../src/ssh/hostTarget';
import { readConfigFiles } from '../../src/ssh/sshConfigFiles';
import { sshConfigOf } from '../../src/ssh/sshConfigOf';
import { nodeClock } from '../support/nodeClock';
import { unasked } from '../support/shell';
import { makeKey, startSshd, type TestSshd } from '../support/sshd';

let sshd: TestSshd;
let dir: string;
let config: string;
let knownHosts: string;
beforeAll(async () => {
  sshd = await startSshd({ hostKeys: ['ed25519'] });
  dir = mkdtempSync(join(tmpdir(), 'labpath-strict-'));
  makeKey(join(dir, 'other'), 'ed25519');
  config = join(dir, 'config');
  knownHosts = join(dir, 'known_hosts');
});
afterAll(async () => {
  await sshd.stop();
  rmSync(dir, { recursive: true, force: true });
});

type Ending = 'through' | 'asked' | 'refused';
type Reader = (destination: SshDestination) => Promise<ConfigValues>;

const fromSsh: Reader = async (destination) => {
  const reading = await sshConfigOf(destination, config);
  if (reading.kind !== 'values') throw new Error(JSON.stringify(reading));
  return reading.values;
};

const fromFiles: Reader = (destination) =>
  readConfigFiles(destination, { files: [config], home: homedir(), localUser: userInfo().username });

async function ours(config: Reader): Promise<Ending> {
  const facts = { home: homedir(), localUser: userInfo().username, agentSocket: null, env: process.env };
  const readMachine = () => Promise.resolve(null);
  const target = await resolveHost('vm', { readMachine, hosts: [], config, ...facts });
  let ending: Ending = 'refused';
  const trust = (): Promise<'refuse'> => {
    ending = 'asked';
    return Promise.resolve('refuse');
  };
  try {
    const connection = await connect(target, nodeClock, { ...unasked, trust });
    connection.close();
    return 'through';
  } catch (error) {
    if (error instanceof ProblemError) return ending;
    throw error;
  }
}

function theirs(): Promise<Ending> {
  return new Promise((resolve) => {
    execFile('ssh', ['-F', config, '-o', 'BatchMode=yes', 'vm', 'true'], (error) =>
      resolve(error === null ? 'through' : 'refused'),
    );
  });
}

const plain = (file: string): string => readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');

/** What is known beforehand: nothing, the key of the server, another one, or only an authority. */
const states = {
  unknown: () => '',
  known: () => `[127.0.0.1]:${sshd.port} ${sshd.hostKey('ed25519')}\n`,
  changed: () => `[127.0.0.1]:${sshd.port} ${plain(join(dir, 'other'))}\n`,
  vouched: () => `@cert-authority * ${plain(join(dir, 'other'))}\n`,
};

function begin(checking: string, known: string): void {
  const lines = [
    'Host vm\n  HostName 127.0.0.1',
    `Port ${sshd.port}\n  User ${sshd.user}\n  IdentityFile ${sshd.identityFile}\n  IdentitiesOnly yes`,
    `UserKnownHostsFile ${knownHosts}\n  GlobalKnownHostsFile /dev/null\n  UpdateHostKeys no`,
    `StrictHostKeyChecking ${checking}\n`,
  ];
  writeFileSync(config, lines.join('\n  '));
  writeFileSync(knownHosts, known);
}

describe('S13: StrictHostKeyChecking', () => {
  test.each([
    ['accept-new', 'unknown', 'through', 'through'],
    ['accept-new', 'known', 'through', 'through'],
    ['accept-new', 'changed', 'refused', 'refused'],
    ['no', 'unknown', 'through', 'through'],
    ['off', 'unknown', 'through', 'through'],
    ['yes', 'unknown', 'refused', 'refused'],
    // With nobody to be asked, ssh refuses.
    ['ask', 'unknown', 'refused', 'asked'],
    // Stricter than ssh on purpose.
    ['no', 'changed', 'through', 'refused'],
    ['accept-new', 'vouched', 'through', 'asked'],
  ] as const)('%s, and a key that is %s: ssh is %s, Labpath %s', async (checking, state, ssh, labpath) => {
    const known = states[state]();
    const remembered: string[] = [];
    for (const [login, ending] of [
      [theirs, ssh],
      [() => ours(fromSsh), labpath],
      [() => ours(fromFiles), labpath],
    ] as const) {
      begin(checking, known);
      expect(await login()).toBe(ending);
      remembered.push(readFileSync(knownHosts, 'utf8'));
    }
    // The files, too, are as ssh leaves them, wherever both agree.
    if (ssh === labpath) expect(remembered).toEqual([remembered[0], remembered[0], remembered[0]]);
    else expect(remembered.slice(1)).toEqual([known, known]);
  });
});
