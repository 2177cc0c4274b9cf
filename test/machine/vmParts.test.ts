import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../src/base/problem';
import { bytesOf, countOf } from '../../src/machine/limits';
import { hostsOf, nodesOf } from '../../src/machine/nodes';
import { qemuArguments } from '../../src/machine/vm/qemu';
import { seedOf } from '../../src/machine/vm/seed';
import { vmRefusalFor } from '../../src/machine/vm/vmTools';

const seed = seedOf({
  name: 'lab',
  address: '192.168.50.10/24',
  internet: false,
  hosts: '192.168.50.11\tnode1\n',
  ssh: { sshd_config: 'UsePAM no\n', ssh_host_ed25519_key: 'x'.repeat(600) },
});

describe('what a virtual machine is handed', () => {
  it('is an archive that tar reads, with keys for nobody else to read', () => {
    const list = spawnSync('tar', ['-tvf', '-'], { input: seed, encoding: 'utf8' });
    expect([list.status, list.stderr]).toEqual([0, '']);
    expect(list.stdout).toMatch(
      /^-rw------- root\/0? *\S* .*etc\/ssh\/ssh_host_ed25519_key$|-rw------- (root|0)\/0 /m,
    );
    const about = spawnSync('tar', ['-xOf', '-', 'etc/labpath/machine'], { input: seed, encoding: 'utf8' });
    expect(about.stdout).toBe('name=lab\ninternet=no\naddress=192.168.50.10/24\n');
    const key = spawnSync('tar', ['-xOf', '-', 'etc/ssh/ssh_host_ed25519_key'], {
      input: seed,
      encoding: 'utf8',
    });
    expect(key.stdout).toBe('x'.repeat(600));
  });

  it('is a disk it cannot change, a port on loopback, and no way out unless one is asked for', () => {
    const limits = { memory: 2 ** 31, processes: 1, disk: 1, cpus: 2 };
    const image = { disk: '/a,b/disk.img', kernel: '/k', initrd: '/i' };
    const common = { image, seed: '/s', limits, port: 2222, segment: [], accelerator: 'tcg' as const };
    const closed = qemuArguments({ ...common, internet: false }).join(' ');
    expect(closed).toContain('file=/a,,b/disk.img,format=raw,if=virtio,snapshot=on');
    expect(closed).toContain('restrict=on,hostfwd=tcp:127.0.0.1:2222-10.0.2.15:22');
    expect(closed).toContain('-m 2048M');
    expect(qemuArguments({ ...common, internet: true }).join(' ')).not.toContain('restrict');
  });
});

describe('a computer that cannot hold a virtual machine', () => {
  it('is told in one sentence each what is so, and what to do', () => {
    const says = (...about: Parameters<typeof vmRefusalFor>) => {
      const refusal = vmRefusalFor(...about);
      return refusal && describeProblem(refusal);
    };
    expect(says('linux', 'x64', 'debian', [])).toBeNull();
    expect(says('linux', 'x64', 'debian', ['qemu-system-x86_64', 'mke2fs'])).toBe(
      'The virtual machine cannot be made on this computer. qemu-system-x86_64, mke2fs are not installed. ' +
        'Install them: sudo apt-get install -y --no-install-recommends qemu-system-x86 e2fsprogs',
    );
    expect(says('darwin', 'arm64', null, [])).toMatch(/Use Lima instead: labpath lab recipe lima/);
    expect(says('win32', 'x64', null, [])).toMatch(/WSL2 .*labpath lab recipe multipass/);
    expect(says('linux', 'arm64', 'debian', [])).toMatch(/x86-64 processors, and this one is arm64/);
  });
});

describe('nodes and limits', () => {
  it('name the nodes of the usual machine plainly, and those of others by their machine', () => {
    expect(nodesOf('lab', 3).map(({ machine }) => machine)).toEqual(['lab', 'node1', 'node2']);
    expect(nodesOf('class', 2).map(({ node, machine }) => [node, machine])).toEqual([
      ['lab', 'class'],
      ['node1', 'class-node1'],
    ]);
    expect(hostsOf(nodesOf('class', 2))).toBe('192.168.50.10\tclass lab\n192.168.50.11\tclass-node1 node1\n');
    expect(hostsOf(nodesOf('lab', 1))).toBe('');
  });

  it('are read from what people write, and refused when they make no sense', () => {
    expect(
      ['512M', '2G', '1.5g', '33554432', '64MiB'].map((each) => bytesOf(each, '--disk') / 2 ** 20),
    ).toEqual([512, 2048, 1536, 32, 64]);
    for (const bad of ['', '1K', 'much', '-5G', '1T']) expect(() => bytesOf(bad, '--disk')).toThrow('--disk');
    expect(countOf('3', '--nodes', 1, 9)).toBe(3);
    for (const bad of ['0', '10', '1.5', 'x'])
      expect(() => countOf(bad, '--nodes', 1, 9)).toThrow('from 1 to 9');
  });
});
