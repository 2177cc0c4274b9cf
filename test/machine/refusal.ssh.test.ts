import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { highBase, idCount, type IdRange } from '../../src/machine/idRange';
import { openUserNamespace } from '../../src/machine/userNamespace';
import { eventually } from './remains';
import { people, Person, program, sendHome } from './people';

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('Not tried: computers that refuse namespaces can only be imitated as root.');

const root = new Person('root', 0, 0);
const everyone = [root, ...people()];
afterAll(() => sendHome(everyone));

const up = () => ['lab', 'up', '--json'];

/** Runs `up` as root of a user namespace with these ids, after a command that spoils it. */
async function upWithin(ids: IdRange, spoil: string) {
  const tools = { unshare: '/usr/bin/unshare', bash: '/usr/bin/bash', mappers: null };
  const namespace = await openUserNamespace(tools, [ids], [ids]);
  try {
    const script = `${spoil}; exec "$@"`;
    return await root.run([
      ...['nsenter', '--user', '--target', String(namespace.pid), 'unshare', '--mount'],
      ...['bash', '-c', script, 'bash', process.execPath, program(), ...up()],
    ]);
  } finally {
    namespace.release();
  }
}

const allIds: IdRange = { inside: 0, outside: 0, count: highBase + idCount };

// Only root can take rights away from a process of its own.
describe.skipIf(!isRoot)('a computer that cannot hold a sandbox (as seen by root)', () => {
  it('is told apart when its kernel allows no user namespaces', async () => {
    const result = await upWithin(allIds, 'echo 0 >/proc/sys/user/max_user_namespaces');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(
      /^The lab machine cannot start on this computer\. The setting user\.max_user_namespaces forbids user namespaces\. Allow them: sudo sysctl -w user\.max_user_namespaces=\d+ Or name a Linux of your own/,
    );
  });

  it('is told apart when it hides parts of /proc, as containers do', async () => {
    const result = await upWithin(allIds, 'mount -t tmpfs tmpfs /proc/sys');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(
      /The system refused to mount a \/proc of its own: .*usual inside containers/,
    );
  });

  it('is told apart when its root has few user ids, as in a rootless container', async () => {
    const result = await upWithin({ inside: 0, outside: 0, count: 65_536 }, 'true');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(/Root is confined to few user ids here, as in a rootless container/);
  });

  it('is told apart when the user has no subordinate ids', async () => {
    const nobody = new Person('nobody', 65_534, 65_534);
    const result = await nobody.labpath(...up());
    sendHome([nobody]);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(
      /gives nobody no user ids to lend to it\. Give it some: sudo usermod --add-subuids 100000-165535 /,
    );
  });

  it('is left without a process, a record or a lock', async () => {
    await upWithin(allIds, 'mount -t tmpfs tmpfs /proc/sys');
    const servers = () => spawnSync('pgrep', ['-f', `${program()} lab serve`], { encoding: 'utf8' }).stdout;
    expect(await eventually(() => servers() === '')).toBe(true);
    expect((await root.run(['ls', root.machineFolder('lab')])).stdout).not.toMatch(/lock|machine\.json/);
  });
});
