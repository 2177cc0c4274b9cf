import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mounts } from './remains';
import { people, sendHome } from './people';

const everyone = people();
afterAll(() => sendHome(everyone));

describe.each(everyone)('what root inside can do to the host of $title', (person) => {
  const ssh = (script: string) => person.ssh('lab', script);
  const secret = path.join(person.home, 'labpath-secret');
  let mountsBefore = '';

  beforeAll(async () => {
    writeFileSync(secret, 'of the host');
    if (process.getuid?.() === 0) chownSync(secret, person.uid, person.gid);
    mountsBefore = mounts();
    expect((await person.labpath('lab', 'up')).stderr).toBe('');
  });
  afterAll(async () => {
    await person.labpath('lab', 'down');
  });

  it('sees no home, no state folder and no other file of the host', async () => {
    const result = await ssh(
      `cat ${secret}; cat ${person.machineFolder('lab')}/id_ecdsa; find / \\( -path /proc -o -path /usr \\) -prune -o -name labpath-secret -print`,
    );
    expect(result.stdout).toBe('');
    expect(result.stderr.match(/No such file or directory/g)).toHaveLength(2);
    expect((await ssh('ls -A /home /root/.ssh /mnt /srv 2>/dev/null | grep -v :')).stdout.trim()).toBe('');
  });

  it('finds no way back to the old root through process 1 or open files', async () => {
    const { stdout } = await ssh(
      `ls -A /proc/1/root/; readlink /proc/1/root /proc/1/cwd; for p in /proc/[0-9]*; do readlink $p/fd/* ; done | sort -u`,
    );
    expect(stdout).toContain('etc\n');
    expect(stdout).not.toContain(person.home);
    expect(stdout).not.toMatch(/machine\.log|\.host/);
  });

  it('has root’s ids mapped to ids that own nothing on the host', async () => {
    const [inside, outside, count] = (await ssh('head -n 1 /proc/self/uid_map')).stdout
      .trim()
      .split(/\s+/)
      .map(Number);
    expect(inside).toBe(0);
    if (person.uid === 0) expect([outside, count]).toEqual([0x7000_0000, 65_536]);
    else expect([outside, count]).toEqual([person.uid, 1]);
  });

  it('cannot write to the programs of the host, not even after a remount', async () => {
    // A remount may seem to work, but only where the file system itself is writable would it change anything.
    const { stdout, stderr } = await ssh(`
      { mount -o remount,rw /usr; mount -o remount,bind,rw /usr; } 2>/dev/null
      touch /usr/bin/labpath-was-here; rm -f /usr/bin/env; chmod 777 /usr/bin; echo tried`);
    expect(stdout).toBe('tried\n');
    expect(stderr.match(/Read-only file system/g)).toHaveLength(3);
    expect(statSync('/usr/bin/env').isFile()).toBe(true);
    expect(() => statSync('/usr/bin/labpath-was-here')).toThrow(/ENOENT/);
  });

  it('finds nothing of the host under what it takes away', async () => {
    const { stdout } = await ssh(`unshare --mount bash -c '
      umount -l /sys /run /tmp /dev /usr /proc; cd /; shopt -s dotglob nullglob
      echo "usr:" /usr/* "proc:" /proc/* "tmp:" /tmp/* "run:" /run/* "dev:" /dev/*'`);
    expect(stdout).toBe('usr: proc: tmp: run: dev:\n');
  });

  it('cannot change the devices it was lent, nor the host’s settings', async () => {
    const facts = () => [statSync('/dev/null').mode, readFileSync('/proc/sys/kernel/panic', 'utf8')];
    const before = facts();
    const { stdout } = await ssh('chmod 600 /dev/null; echo 7 > /proc/sys/kernel/panic; echo tried');
    expect(stdout).toBe('tried\n');
    expect(facts()).toEqual(before);
  });

  it('leaves everything of the host as it was after the worst command there is', async () => {
    const { stdout } = await ssh(
      'rm -rf --one-file-system --no-preserve-root /etc /var /root /home /opt /tmp 2>/dev/null; echo done',
    );
    expect(stdout).toBe('done\n');
    expect(readFileSync(secret, 'utf8')).toBe('of the host');
    expect(statSync('/etc/passwd').size).toBeGreaterThan(0);
    expect(statSync(path.join(person.machineFolder('lab'), 'id_ecdsa')).size).toBeGreaterThan(0);
    expect(mounts()).toBe(mountsBefore);
  });
});
