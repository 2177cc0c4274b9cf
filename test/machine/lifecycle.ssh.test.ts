import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderOf, people, sendHome, type Person } from './people';
import { controlGroups, eventually, isAlive, mounts, namespacesInUse } from './remains';

const everyone = people();
afterAll(() => sendHome(everyone));

/** Everything a lab may leave running: daemons, namespaces, mounts, open connections. */
const clutter = `
  ip netns add red; ip link add v0 type veth peer name v1 netns red; mount -t tmpfs tmpfs /mnt
  for _ in 1 2 3; do setsid sleep 300 >/dev/null 2>&1 & done
  setsid ip netns exec red unshare -pf --mount-proc sleep 300 >/dev/null 2>&1 &
  for kind in user mnt net pid ipc uts cgroup; do readlink /proc/self/ns/$kind; done`;

/** Listens as soon as the port is free: a killed server lets go of it only when its last thread is gone. */
async function takePort(port: number): Promise<Server> {
  for (;;) {
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return server;
    } catch {
      await sleep(50);
    }
  }
}

describe.each(everyone)('the life of a lab machine of $title', (person) => {
  const up = () => person.labpath('lab', 'up', '--json');
  const down = () => person.labpath('lab', 'down', '--json');
  const folder = person.machineFolder('lab');
  let mountsBefore = '';

  beforeEach(() => {
    mountsBefore = mounts();
  });
  afterEach(async () => {
    await down();
  });

  it('ends with nothing left after down: no process, namespace, mount or record', async () => {
    await up();
    const { pid } = person.record('lab');
    const namespaces = (await person.ssh('lab', clutter)).stdout.trim().split('\n');
    expect(namespaces).toHaveLength(7);
    expect(namespaces.every((each) => namespacesInUse().has(each))).toBe(true);
    const connection = person.ssh('lab', 'sleep 300');
    await sleep(300);

    expect(JSON.parse((await down()).stdout)).toEqual({ running: false, wasRunning: true, name: 'lab' });
    expect(isAlive(pid)).toBe(false);
    expect((await connection).status).toBe(255);
    expect(namespaces.filter((each) => namespacesInUse().has(each))).toEqual([]);
    expect(mounts()).toBe(mountsBefore);
    expect(existsSync(folder)).toBe(false);
  });

  it('ends with nothing left when its server is killed', async () => {
    await up();
    const { pid } = person.record('lab');
    const namespaces = (await person.ssh('lab', clutter)).stdout.trim().split('\n');
    process.kill(pid, 'SIGKILL');
    expect(await eventually(() => !namespaces.some((each) => namespacesInUse().has(each)))).toBe(true);
    expect(mounts()).toBe(mountsBefore);

    const status = await person.labpath('lab', 'status', '--json');
    expect([status.status, JSON.parse(status.stdout)]).toEqual([1, { running: false, name: 'lab' }]);
    expect(JSON.parse((await up()).stdout)).toMatchObject({ running: true, isNew: true });
    expect((await person.ssh('lab', 'ip netns')).stdout).toBe('');
  });

  it('leaves no file behind, and starts with new keys', async () => {
    await up();
    const key = readFileSync(path.join(folder, 'id_ecdsa.pub'), 'utf8');
    const { pid } = person.record('lab');
    await person.ssh('lab', 'touch /root/old');
    await down();
    expect(readdirSync(path.dirname(folder))).toEqual([]);
    expect(controlGroups(pid)).toEqual([]);
    await up();
    expect(readFileSync(path.join(folder, 'id_ecdsa.pub'), 'utf8')).not.toBe(key);
    expect((await person.ssh('lab', 'ls /root')).stdout).toBe('');
  });

  it('leaves no file behind after its server was killed, once it is told to end', async () => {
    await person.labpath('lab', 'up', '--nodes', '2');
    const { pid } = person.record('lab');
    process.kill(pid, 'SIGKILL');
    await eventually(() => !isAlive(pid));
    await down();
    expect(controlGroups(pid)).toEqual([]);
    expect(readdirSync(path.dirname(folder))).toEqual([]);
  });

  it('takes the port of a server that was killed again, or another one when that is taken', async () => {
    await up();
    const { port, pid } = person.record('lab');
    process.kill(pid, 'SIGKILL');
    (await takePort(port)).close();
    await up();
    expect(person.record('lab').port).toBe(port);
    process.kill(person.record('lab').pid, 'SIGKILL');
    const squatter = await takePort(port);
    try {
      await up();
      expect(person.record('lab').port).not.toBe(port);
      expect((await person.ssh('lab', 'echo here')).stdout).toBe('here\n');
    } finally {
      squatter.close();
    }
  });

  it('is no trouble to end when it does not run', async () => {
    expect(await down()).toMatchObject({ status: 0, stderr: '' });
    const never = await person.labpath('lab', 'down', '--name', 'never-there');
    expect(never).toMatchObject({ status: 0, stdout: 'The lab machine “never-there” was not running.\n' });
    expect(existsSync(person.machineFolder('never-there'))).toBe(false);
  });

  it('is not taken for running because of a record whose process number has another owner now', async () => {
    await up();
    const record = person.record('lab');
    process.kill(record.pid, 'SIGKILL');
    const stale = { ...record, pid: process.pid, pidStartTime: '1' };
    writeFileSync(path.join(folder, 'machine.json'), JSON.stringify(stale));
    expect((await person.labpath('lab', 'status')).status).toBe(1);
    expect(JSON.parse((await up()).stdout)).toMatchObject({ isNew: true });
  });

  it('ends by itself when its folder is taken away', async () => {
    await up();
    const { pid } = person.record('lab');
    rmSync(folder, { recursive: true });
    expect(await eventually(() => !isAlive(pid))).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });

  it('starts anew over a record that cannot be read, and the lost one ends', async () => {
    await up();
    const { pid } = person.record('lab');
    writeFileSync(path.join(folder, 'machine.json'), '{"half');
    expect(JSON.parse((await up()).stdout)).toMatchObject({ isNew: true });
    expect(await eventually(() => !isAlive(pid))).toBe(true);
    expect((await person.ssh('lab', 'echo here')).stdout).toBe('here\n');
  });

  it('starts once when it is started twice at the same time', async () => {
    const both = await Promise.all([up(), up()]);
    const answers = both.map(({ stdout }) => JSON.parse(stdout) as { isNew: boolean; pid: number });
    expect(answers.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(answers[0]?.pid).toBe(answers[1]?.pid);
  });

  it('can be started again after its starter was killed half-way', async () => {
    const starter = person.start('lab', 'up');
    await sleep(250);
    starter.kill('SIGKILL');
    expect((await up()).status).toBe(0);
    expect((await person.ssh('lab', 'echo here')).stdout).toBe('here\n');
  });

  it('closes its folder and its keys to others again', async () => {
    await up();
    process.kill(person.record('lab').pid, 'SIGKILL');
    chmodSync(folder, 0o755);
    for (const key of ['id_ecdsa', 'ssh_host_ed25519_key']) chmodSync(path.join(folder, key), 0o644);
    expect((await up()).status).toBe(0);
    const modes = [folder, path.join(folder, 'id_ecdsa'), path.join(folder, 'machine.json')];
    expect(modes.map((file) => statSync(file).mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
  });
});

describe.each(everyone)('a lab machine that cannot start, for $title', (person) => {
  it('says that there is no place for its state', async () => {
    const result = await upIn(person, '/dev/null/state');
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/^The lab machine has no place for its state\. .*XDG_STATE_HOME/);
  });

  it('says which names a machine can have', async () => {
    const result = await person.labpath('lab', 'up', '--name', '../etc');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(/^“\.\.\/etc” cannot be the name of a lab machine\./);
  });

  it('tells `ssh` how to start it', async () => {
    const result = await person.labpath('lab', 'ssh', '--name', 'absent', 'true');
    expect(result.stderr).toBe(
      'The lab machine “absent” does not run. Start it with: labpath lab up --name absent\n',
    );
  });
});

describe.each(everyone.filter(({ uid }) => uid !== 0))(
  'a lab machine in a closed folder, for $title',
  (person) => {
    it('says that there is no place for its state', async () => {
      const result = await upIn(person, folderOf(person, 'closed', 0o555));
      expect(result.stderr).toMatch(/^The lab machine has no place for its state\. .*EACCES/);
    });
  },
);

async function upIn(person: Person, stateHome: string) {
  const { program } = await import('./people');
  return person.run([process.execPath, program(), 'lab', 'up'], { XDG_STATE_HOME: stateHome });
}
