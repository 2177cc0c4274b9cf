import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConfigValues } from '../../src/ssh/configValues';
import { connect } from '../../src/ssh/connect';
import { resolveHost, type SshDestination } from '../../src/ssh/hostTarget';
import { readConfigFiles } from '../../src/ssh/sshConfigFiles';
import { sshConfigOf } from '../../src/ssh/sshConfigOf';
import { nodeClock } from '../support/nodeClock';
import { unasked } from '../support/shell';
import { startSshd, type TestSshd } from '../support/sshd';

/** A user's config in several files: two hops on the way, keys in an agent and in files, names of their own. */
let servers: readonly [outer: TestSshd, middle: TestSshd, inner: TestSshd];
let dir: string;
let config: string;
let agentPid: number;
beforeAll(async () => {
  const [outer, middle, inner] = await Promise.all([startSshd(), startSshd(), startSshd()]);
  servers = [outer, middle, inner];
  dir = mkdtempSync(join(tmpdir(), 'labpath-whole-config-'));
  mkdirSync(join(dir, 'conf.d'));
  const agent = join(dir, 'agent');
  const started = execFileSync('ssh-agent', ['-a', agent], { encoding: 'utf8' });
  agentPid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1]);
  execFileSync('ssh-add', ['-q', middle.identityFile], { env: { ...process.env, SSH_AUTH_SOCK: agent } });
  const innerKey = inner.hostKey('ecdsa');
  execFileSync('cp', [`${middle.identityFile}.pub`, join(dir, 'middle.pub')]);
  writeFileSync(join(dir, 'known_inner'), `the-inner-one,other ${innerKey}\n`);
  execFileSync('ssh-keygen', ['-q', '-H', '-f', join(dir, 'known_inner')], { stdio: 'ignore' });
  const known = [outer, middle].map(({ knownHostsFile }) => readFileSync(knownHostsFile, 'utf8')).join('');
  writeFileSync(join(dir, 'known_hosts'), known);
  config = join(dir, 'config');
  writeFileSync(
    config,
    [
      `Include ${dir}/conf.d/*.conf`,
      'Host *',
      '  HostName 127.0.0.1',
      `  User ${userInfo().username}`,
      `  UserKnownHostsFile ${dir}/nothing ${dir}/known_hosts`,
      '  GlobalKnownHostsFile /dev/null',
      '  IdentitiesOnly yes',
      '  BatchMode yes',
    ].join('\n'),
  );
  writeFileSync(
    join(dir, 'conf.d/10-hops.conf'),
    [
      `Host outer\n  Port ${outer.port}\n  IdentityFile ${outer.identityFile}`,
      `Host middle\n  Port ${middle.port}\n  ProxyJump outer\n  IdentityAgent ${agent}\n  IdentityFile ${dir}/middle.pub`,
    ].join('\n'),
  );
  writeFileSync(
    join(dir, 'conf.d/20-inner.conf'),
    [
      `Host in-???\n  Port ${inner.port}\n  ProxyJump middle\n  IdentityFile ${inner.identityFile}`,
      `  HostKeyAlias the-inner-one\n  UserKnownHostsFile ${dir}/known_inner`,
      `  PreferredAuthentications publickey`,
    ].join('\n'),
  );
});
afterAll(async () => {
  process.kill(agentPid);
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(dir, { recursive: true, force: true });
});

const question = 'echo "$SSH_CONNECTION" | cut -d" " -f4';

async function ours(name: string, read: (destination: SshDestination) => Promise<ConfigValues>) {
  const target = await resolveHost(name, {
    readMachine: () => Promise.resolve(null),
    hosts: [],
    config: read,
    home: homedir(),
    localUser: userInfo().username,
    agentSocket: null,
    env: process.env,
  });
  const connection = await connect(target, nodeClock, unasked);
  try {
    return await connection.exec(question);
  } finally {
    connection.close();
  }
}

async function fromSsh(destination: SshDestination): Promise<ConfigValues> {
  const reading = await sshConfigOf(destination, config);
  if (reading.kind !== 'values') throw new Error(JSON.stringify(reading));
  return reading.values;
}

const fromFiles = (destination: SshDestination): Promise<ConfigValues> =>
  readConfigFiles(destination, { files: [config], home: homedir(), localUser: userInfo().username });

describe('A host of a config with includes, hops, an agent and an alias', () => {
  test.each([
    ['outer', 0],
    ['middle', 1],
    ['in-one', 2],
  ] as const)('is reached as ssh reaches it: %s', async (name, index) => {
    const port = `${servers[index].port}\n`;
    const theirs = await promisify(execFile)('ssh', ['-F', config, name, question]);
    expect(theirs.stdout).toBe(port);
    expect(await ours(name, fromSsh)).toBe(port);
    expect(await ours(name, fromFiles)).toBe(port);
  });
});
