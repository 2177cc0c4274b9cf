import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people, sendHome } from './people';

const everyone = people();
afterAll(() => sendHome(everyone));

describe.each(everyone)('the lab machine of $title', (person) => {
  const ssh = (script: string, ...options: string[]) => person.ssh('lab', script, ...options);

  beforeAll(async () => {
    const up = await person.run([process.execPath, ...(await upCommand())], { HOST_SECRET: 'leaked' });
    expect(up).toMatchObject({ status: 0, stderr: '' });
  });
  afterAll(async () => {
    await person.labpath('lab', 'down');
  });

  it('builds network namespaces over plain ssh with the config file it wrote', async () => {
    const result = await ssh('ip netns add red && ip netns exec red ip link');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toMatch(/^1: lo: /);
  });

  it('connects namespaces with veth pairs and a bridge, filters packets and sees them', async () => {
    const result = await ssh(`
      set -e
      ip link add br0 type bridge; ip link set br0 up; ip addr add 10.9.0.1/24 dev br0
      ip netns add pod; ip link add v0 type veth peer name eth0 netns pod
      ip link set v0 master br0 up; ip -n pod link set lo up; ip -n pod addr add 10.9.0.2/24 dev eth0
      ip -n pod link set eth0 up
      timeout 60 tcpdump -Z root -nn -c 1 -i br0 icmp >/run/seen 2>/run/tcpdump &
      until grep -q listening /run/tcpdump; do sleep 0.1; done
      ping -c 1 -W 20 10.9.0.2 >/dev/null; wait; cat /run/seen
      iptables -A INPUT -i br0 -p icmp -j DROP; iptables -S INPUT`);
    expect(result.stdout).toMatch(/IP 10\.9\.0\.1 > 10\.9\.0\.2: ICMP echo request/);
    expect(result.stdout).toContain('-A INPUT -i br0 -p icmp -j DROP');
    expect(result.status).toBe(0);
  });

  it('forwards packets, calls itself lab, and is root’s', async () => {
    const { stdout } = await ssh(
      'cat /proc/sys/net/ipv4/ip_forward; hostname; id -un; cat /sys/class/net/lo/operstate',
    );
    expect(stdout.split('\n')).toEqual(['1', 'lab', 'root', 'unknown', '']);
  });

  it('nests ip netns exec', async () => {
    const { stdout } = await ssh('ip netns add n1; ip netns exec n1 ip netns exec n1 ls /sys/class/net');
    expect(stdout.trim()).toBe('lo');
  });

  it('passes nothing of the environment it was started from', async () => {
    const { stdout } = await ssh(
      'env | cut -d= -f1 | sort; cat /proc/1/environ | tr "\\0" "\\n" | cut -d= -f1',
    );
    const known = 'HOME LANG LOGNAME MAIL PATH PWD SHELL SHLVL SSH_CLIENT SSH_CONNECTION USER _'.split(' ');
    expect(
      stdout
        .trim()
        .split('\n')
        .filter((name) => !known.includes(name)),
    ).toEqual([]);
    expect((await ssh('cat /proc/*/environ 2>/dev/null | tr "\\0" "\\n"')).stdout).not.toContain('leaked');
  });

  it('finds programs in sbin, for commands and for logins', async () => {
    for (const shell of ['command -v iptables', 'bash -lc "command -v iptables"'])
      expect((await ssh(shell)).stdout).toMatch(/sbin\/iptables\n$/);
  });

  it('gives a terminal with job control', async () => {
    const result = await ssh('tty; stty -a | head -n 1; set -m; sleep 0.1 & fg', '-tt');
    expect(result.stdout).toMatch(/^\/dev\/pts\/\d+\r\nspeed 38400 baud/);
    expect(result.stdout).toContain('sleep 0.1');
    expect(result.status).toBe(0);
  });

  it('serves ten connections at once', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, (_, i) => ssh(`sleep 0.2; echo ${i}`)));
    expect(results.map(({ stdout }) => stdout.trim())).toEqual([...'0123456789']);
  });

  it('hands the exit status and both output streams over exactly', async () => {
    expect(await ssh('echo out; echo err >&2; exit 7')).toEqual({
      status: 7,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('reaps every orphan while process 1 waits', async () => {
    const { stdout } = await ssh(`
      for _ in {1..200}; do (sleep 0.0$((RANDOM % 9)) &) ; done
      sleep 0.5; ps -eo stat= | grep -c ^Z; ps -eo comm= | grep -c sleep`);
    expect(stdout.trim().split('\n')).toEqual(['0', '0']);
  });

  it('does not end when root inside signals process 1', async () => {
    await ssh('kill -TERM 1; kill -INT 1; kill -HUP 1; kill -KILL 1; kill -QUIT 1');
    expect((await ssh('cat /proc/1/cmdline')).stdout).toContain('labpath-init');
  });

  it('lets root edit /etc, add files everywhere of its own and see the installed packages', async () => {
    const result = await ssh(`
      set -e
      sed -i '$a 10.1.2.3 pod' /etc/hosts; getent hosts pod
      for folder in /root /home /tmp /run /var/lib /opt /etc /srv; do touch $folder/mine; done
      ls -ld /etc/hosts | cut -d' ' -f3,4; if command -v dpkg >/dev/null; then dpkg -l bash | grep -c ^ii; else echo 1; fi`);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toMatch(/^10\.1\.2\.3 +pod\nroot root\n1\n$/);
  });

  it('runs daemons that drop their rights, and programs as another user', async () => {
    const { stdout } = await ssh('runuser -u nobody -- id -un; grep ^root: /etc/shadow');
    expect(stdout).toMatch(/^nobody\nroot:\*:/);
  });

  it('offers both host keys that known_hosts names, and takes keys only', async () => {
    const knownHosts = readFileSync(path.join(person.machineFolder('lab'), 'known_hosts'), 'utf8');
    expect(knownHosts.split('\n').map((line) => line.split(' ')[1])).toEqual([
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      undefined,
    ]);
    for (const algorithm of ['ssh-ed25519', 'ecdsa-sha2-nistp256'])
      expect((await ssh('true', '-o', `HostKeyAlgorithms=${algorithm}`)).status).toBe(0);
    const refused = await ssh('true', '-o', 'PubkeyAuthentication=no', '-o', 'PasswordAuthentication=yes');
    expect(refused.stderr).toContain('Permission denied (publickey)');
  });

  it('says what it is when asked, and lets `up` be repeated', async () => {
    const status = await person.labpath('lab', 'status', '--json');
    expect(status.status).toBe(0);
    expect(JSON.parse(status.stdout)).toEqual({ running: true, ...person.record('lab') });
    const again = await person.labpath('lab', 'up', '--json');
    expect(again.status).toBe(0);
    expect(JSON.parse(again.stdout)).toEqual({ running: true, isNew: false, ...person.record('lab') });
  });

  it('runs a command through `labpath lab ssh` and gives its exit status', async () => {
    expect(await person.labpath('lab', 'ssh', '--', 'echo "$HOME"; exit 3')).toEqual({
      status: 3,
      stdout: '/root\n',
      stderr: '',
    });
  });
});

describe.each(everyone)('two lab machines of $title', (person) => {
  afterEach(async () => {
    await Promise.all([person.labpath('lab', 'down'), person.labpath('lab', 'down', '--name', 'other')]);
  });

  it('run at once and know nothing of each other', async () => {
    const ups = await Promise.all([
      person.labpath('lab', 'up'),
      person.labpath('lab', 'up', '--name', 'other'),
    ]);
    expect(ups.map(({ stderr }) => stderr)).toEqual(['', '']);
    expect(person.record('lab').port).not.toBe(person.record('other').port);
    await person.ssh('lab', 'ip netns add red; touch /tmp/mine; sleep 60 >/dev/null 2>&1 &');
    const other = await person.ssh('other', 'hostname; ip netns; ls /tmp; pgrep sleep');
    expect(other.stdout).toBe('other\n');
    await person.labpath('lab', 'down');
    expect((await person.ssh('other', 'echo still here')).stdout).toBe('still here\n');
  });
});

async function upCommand(): Promise<string[]> {
  const { program } = await import('./people');
  return [program(), 'lab', 'up'];
}
