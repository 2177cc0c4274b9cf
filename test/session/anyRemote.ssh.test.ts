import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useShells } from '../support/sessions';
import { outcomeOf, statusOf } from '../support/shell';

/**
 * Other versions of bash, each as VERSION/bash in this folder; `git archive` of a release of the bash sources, then
 * `./configure --without-bash-malloc CFLAGS=-std=gnu89 && make` builds one.
 */
const folder = process.env['LABPATH_BASHES'] ?? '/opt/labpath-bash';
const versions = existsSync(folder) ? readdirSync(folder).sort() : [];

describe('bash of another version', () => {
  test.runIf(versions.length === 0)('works as this one', (context) => {
    context.skip(`${folder} holds none; the head of this file says how to build some`);
  });

  describe.each(versions)('%s', (version) => {
    const shells = useShells([`SetEnv PATH=${join(folder, version)}:/usr/bin:/bin:/usr/sbin:/sbin`]);

    test('keeps state, tells statuses, survives exit and interrupts, and has separate streams', async () => {
      const shell = await shells.open();
      expect(await shell.output('echo ${BASH_VERSION%%(*}')).toMatch(
        new RegExp(`^${version.replaceAll('.', '\\.')}`),
      );
      await shell.run('cd /tmp; V=1; f() { echo F$V; }; declare -A m=([k]=v); set -o pipefail');
      expect(await shell.output('f; echo ${m[k]}; pwd')).toBe('F1\nv\n/tmp\n');
      expect(await shell.status('(exit 42)')).toBe(42);
      const exited = await shell.run('exit 3');
      expect(statusOf(exited)).toMatchObject({ exitStatus: 3, shell: 'restarted' });
      expect(await shell.output('f')).toBe('F1\n');
      const { outcome } = await shell.start('echo up; sleep 60', 'up');
      await shell.session.interrupt();
      expect((await outcome).end).toMatchObject({ type: 'status', exitStatus: 130 });
      const apart = await outcomeOf(
        shell.session.run({ source: 'echo o; echo e >&2; false', separateStreams: true }),
      );
      expect([apart.of('stdout').toString(), apart.of('stderr').toString()]).toEqual(['o\n', 'e\n']);
      expect(statusOf(apart).exitStatus).toBe(1);
      expect(statusOf(await shell.run('echo "')).exitStatus).toBe(2);
      for (let round = 0; round < 120; round++)
        expect(await shell.output(`echo ${round}`)).toBe(`${round}\n`);
    });
  });
});

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
