import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { people, sendHome } from './people';
import { controlGroups, eventually, isAlive, mounts, processesCalled } from './remains';

const everyone = people();
afterAll(() => sendHome(everyone));

/** What the labs leave: a daemon (with a name of its own, so that it is found from outside), a namespace, a mount, a file. */
const clutter = (name: string) => `
  ip netns add red; ip link add v0 type veth peer name v1 netns red; mount -t tmpfs tmpfs /mnt; touch /root/old
  setsid bash -c 'exec -a ${name} sleep 300' >/dev/null 2>&1 &
  until pgrep -f '^${name}' >/dev/null; do sleep 0.05; done; echo 1`;

describe.each(everyone)('a lab machine of $title that is made fresh', (person) => {
  const reset = () => person.labpath('lab', 'reset', '--json');
  afterEach(async () => {
    await person.labpath('lab', 'down');
  });

  it('is another Linux behind the same port, server and keys, twenty times, and nothing of the old ones stays', async () => {
    const mountsBefore = mounts();
    await person.labpath('lab', 'up');
    const first = person.record('lab');
    const name = `labpath-old-${process.pid}-${person.uid}`;
    for (let round = 0; round < 20; round++) {
      expect((await person.ssh('lab', clutter(name))).stdout).toBe('1\n');
      expect((await reset()).status).toBe(0);
      expect(processesCalled(name)).toEqual([]);
    }
    const { bootedAt, ...now } = person.record('lab');
    expect({ ...now, bootedAt: first.bootedAt }).toEqual(first);
    expect(bootedAt > first.bootedAt).toBe(true);
    expect((await person.ssh('lab', 'ls /root; ip netns; ls /mnt; pgrep sleep')).stdout).toBe('');
    await person.labpath('lab', 'down');
    expect(isAlive(first.pid)).toBe(false);
    expect(mounts()).toBe(mountsBefore);
    expect(controlGroups(first.pid)).toEqual([]);
    expect(readdirSync(path.dirname(person.machineFolder('lab')))).toEqual([]);
  }, 300_000);

  it('says so when none runs', async () => {
    const result = await person.labpath('lab', 'reset');
    expect([result.status, result.stderr]).toEqual([
      1,
      'The lab machine “lab” does not run, so there is nothing to make fresh. Start it with: labpath lab up\n',
    ]);
  });
});

describe.each(everyone)('the limits of a lab machine of $title', (person) => {
  afterEach(async () => {
    await person.labpath('lab', 'down');
  });

  it('end a disk that fills, a fork bomb and, where control groups can be made, a program that eats memory', async () => {
    await person.labpath('lab', 'up', '--disk', '32M', '--processes', '100', '--memory', '256M');
    const full = await person.ssh('lab', 'head -c 100M /dev/zero >/root/big; stat -c %s /root/big');
    expect(full.stderr).toMatch(/No space left on device/);
    expect(Number(full.stdout)).toBeLessThan(32 * 1024 * 1024);
    expect((await person.ssh('lab', 'echo it still answers')).stdout).toBe('it still answers\n');

    const bomb = await person.ssh('lab', 'for _ in {1..150}; do sleep 2 & done; wait');
    expect(bomb.stderr).toMatch(/fork: .*Resource temporarily unavailable/);
    expect((await person.ssh('lab', 'echo it still answers')).stdout).toBe('it still answers\n');

    if (controlGroups(person.record('lab').pid).length === 0) return;
    const eater = await person.ssh('lab', `bash -c 'x=$(head -c 400M /dev/zero | tr "\\0" x); echo \${#x}'`);
    expect(eater.stdout).toBe('');
    expect(eater.status).not.toBe(0);
  }, 120_000);

  it('are refused where they make no sense', async () => {
    for (const [option, value] of [
      ['--disk', 'much'],
      ['--memory', '1K'],
      ['--processes', '0'],
      ['--nodes', '10'],
    ] as const)
      expect(await person.labpath('lab', 'up', option, value)).toMatchObject({ status: 1, stdout: '' });
  });
});

describe.each(everyone)('a lab machine of three nodes, for $title', (person) => {
  it('gives every node a name, an address and a login, and ends as one', async () => {
    const up = await person.labpath('lab', 'up', '--nodes', '3');
    expect(up.stdout).toContain('with node1, node2 on its network.');
    const seen = await Promise.all(
      ['lab', 'node1', 'node2'].map((node) =>
        person.ssh(
          node,
          'hostname; for n in lab node1 node2; do ping -c 1 -W 2 $n >/dev/null && echo ok; done',
        ),
      ),
    );
    expect(seen.map(({ stdout }) => stdout)).toEqual(
      ['lab', 'node1', 'node2'].map((node) => `${node}\nok\nok\nok\n`),
    );
    // The config file of the first knows them all.
    const config = path.join(person.machineFolder('lab'), 'ssh_config');
    expect((await person.run(['ssh', '-F', config, 'node2', 'hostname'])).stdout).toBe('node2\n');
    await person.ssh('node2', 'setsid sleep 300 >/dev/null 2>&1 &');
    expect((await person.ssh('node1', 'pgrep sleep')).stdout).toBe('');
    await person.ssh('node1', 'touch /root/old');
    await person.labpath('lab', 'reset', '--name', 'node1');
    expect((await person.ssh('node1', 'ls /root; ping -c 1 -W 2 lab >/dev/null && echo ok')).stdout).toBe(
      'ok\n',
    );

    const { pid } = person.record('node2');
    await person.labpath('lab', 'down');
    expect(await eventually(() => !isAlive(pid))).toBe(true);
    expect(readdirSync(path.dirname(person.machineFolder('lab')))).toEqual([]);
  }, 120_000);
});
