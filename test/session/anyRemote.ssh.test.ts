import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/ssh/connect';
import { HostConnections } from '../../src/ssh/hostConnections';
import { dropbearMissing, startDropbear, type Dropbear } from '../support/dropbear';
import { nodeClock } from '../support/nodeClock';
import { openTestShell, useShells, type TestShell } from '../support/sessions';
import { sharedFolder } from '../support/sharedFolder';
import { outcomeOf, statusOf, unasked } from '../support/shell';

/**
 * Other versions of bash, each as VERSION/bash in this folder; `git archive` of a release of the bash sources, then
 * `./configure --without-bash-malloc CFLAGS=-std=gnu89 && make` builds one.
 */
const folder = process.env['LABPATH_BASHES'] ?? '/opt/labpath-bash';
const versions = existsSync(folder) ? readdirSync(folder).sort() : [];

describe('bash of another version', () => {
  if (versions.length === 0) {
    test('works as this one', (context) => {
      context.skip(`${folder} holds none; the head of this file says how to build some`);
    });
  }

  describe.each(versions)('%s', (version) => {
    const shells = useShells([`SetEnv PATH=${join(folder, version)}:/usr/bin:/bin:/usr/sbin:/sbin`]);

    test('keeps state, tells statuses, survives exit and interrupts, and has separate streams', async () => {
      const shell = await shells.open();
      expect(await shell.output('echo ${BASH_VERSION%%(*}')).toMatch(
        new RegExp(`^${version.replaceAll('.', '\\.')}`),
      );
      await worksAsUsual(shell);
    });
  });
});

describe('A machine that has bash and busybox, and no coreutils', () => {
  const folder = sharedFolder('busybox');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const installed = spawnSync('busybox', ['--install', '-s', folder], { encoding: 'utf8' });
  const missing = installed.error?.message ?? installed.stderr;
  symlinkSync('/bin/bash', join(folder, 'bash'));
  const shells = useShells([`SetEnv PATH=${folder}`]);

  test('works as any other', async (context) => {
    if (missing !== '') context.skip(`busybox-static is not installed: ${missing}`);
    const shell = await shells.open();
    expect(await shell.output('readlink -f "$(type -P stty)"')).toMatch(/busybox\n$/);
    await worksAsUsual(shell);
  });
});

describe('A machine with Dropbear for an SSH server', () => {
  let server: Dropbear | null = null;
  let connections: HostConnections | null = null;
  const missing = dropbearMissing();
  beforeAll(async () => {
    if (missing === null) server = await startDropbear();
  });
  afterAll(async () => {
    connections?.close();
    await server?.stop();
  });

  test('works as any other', async (context) => {
    if (server === null) return context.skip(`not tried: ${missing}`);
    const { target } = server;
    connections = new HostConnections('lab', () => connect(target, nodeClock, unasked), nodeClock);
    await worksAsUsual(await openTestShell(connections));
  });
});

/** What every remote must be able to do. */
async function worksAsUsual(shell: TestShell): Promise<void> {
  await shell.run('cd /tmp; V=1; f() { echo F$V; }; declare -A m=([k]=v); set -o pipefail');
  expect(await shell.output('f; echo ${m[k]}; pwd')).toBe('F1\nv\n/tmp\n');
  expect(await shell.status('(exit 42)')).toBe(42);
  expect(statusOf(await shell.run('exit 3'))).toMatchObject({ exitStatus: 3, shell: 'restarted' });
  expect(await shell.output('f')).toBe('F1\n');
  const { outcome } = await shell.start('echo up; sleep 60', 'up');
  await shell.session.interrupt();
  expect((await outcome).end).toMatchObject({ type: 'status', exitStatus: 130 });
  const stubborn = await shell.start(`bash -c 'trap "" INT; echo up; while :; do sleep 1; done'`, 'up');
  await shell.session.interrupt();
  expect((await stubborn.outcome).end).toMatchObject({ type: 'status', signal: 'TERM' });
  const source = 'echo o; echo e >&2; false';
  const apart = await outcomeOf(shell.session.run({ source, separateStreams: true }));
  expect([apart.of('stdout').toString(), apart.of('stderr').toString()]).toEqual(['o\n', 'e\n']);
  expect(statusOf(apart).exitStatus).toBe(1);
  expect(statusOf(await shell.run('echo "')).exitStatus).toBe(2);
  shell.session.resize(132, 40);
  await expect.poll(() => shell.output('stty size'), { timeout: 20_000 }).toBe('40 132\n');
  for (let round = 0; round < 120; round++) expect(await shell.output(`echo ${round}`)).toBe(`${round}\n`);
}

describe.each(['dash', 'fish', 'zsh', 'tcsh', 'busybox sh'])('The login shell %s', (login) => {
  const missing = spawnSync('sh', ['-c', `command -v ${login.split(' ')[0]}`]).status !== 0;
  const shells = useShells([`ForceCommand exec ${login} -c "$SSH_ORIGINAL_COMMAND"`]);

  test('starts a session, and a network namespace that is missing is told', async (context) => {
    if (missing) context.skip(`${login} is not installed`);
    const shell = await shells.open();
    expect(await shell.output('echo "$BASH_VERSION" | grep -c .; cd /usr')).toBe('1\n');
    expect(statusOf(await shell.run('false'))).toMatchObject({ exitStatus: 1, where: { cwd: '/usr' } });
    await expect(shells.open({ place: { kind: 'netns', name: 'labpath-none' } })).rejects.toThrow(
      /in the network namespace labpath-none/,
    );
  });
});

describe('An account', () => {
  describe('without a shell', () => {
    const shells = useShells(['ForceCommand /usr/sbin/nologin']);
    test('is told with what it says', async () => {
      await expect(shells.open()).rejects.toThrow(/ended before it was ready.*not available/s);
    });
  });

  describe('with a restricted shell', () => {
    const shells = useShells(['ForceCommand exec bash --restricted -c "$SSH_ORIGINAL_COMMAND"']);
    test('is told to be restricted', async () => {
      await expect(shells.open()).rejects.toThrow(/login shell on lab is restricted/);
    });
  });

  describe('without bash', () => {
    const shells = useShells(['ForceCommand PATH=/nowhere; eval "$SSH_ORIGINAL_COMMAND"']);
    test('is told to lack it', async () => {
      await expect(shells.open()).rejects.toThrow(/bash was not found on lab/);
    });
  });
});
