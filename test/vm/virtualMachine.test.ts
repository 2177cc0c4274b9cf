/** Minutes long, so not part of `npm test`: run it with `npm run test:vm`. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../src/machine/capabilities';
import { openLabMachine, type LabMachine } from '../../src/machine/openLabMachine';
import { readMachine } from '../../src/machine/read';
import { unmet } from '../../src/path/requirements';
import { eventually, isAlive } from '../machine/remains';
import { bundledProgram, type Program, type Result } from './program';

const name = 'vm-test';
const lab = path.resolve(
  import.meta.dirname,
  '../../sample-vault/Labs/How to create and connect network namespaces.md',
);
let program: Program;
let env: NodeJS.ProcessEnv;
let machine: LabMachine;

beforeAll(async () => {
  program = await bundledProgram();
  ({ env } = program);
  machine = await openLabMachine({ tier: 'vm', name, env, onProgress: (sentence) => console.warn(sentence) });
}, 3_600_000);

afterAll(async () => {
  await machine.close();
  program.remove();
}, 60_000);

const ssh = (script: string): Promise<Result> => program.ssh(name, script);

describe('a virtual machine', () => {
  it('offers what a sandbox cannot: its own kernel with netem, IPVS, BTF, tracing and control groups', async () => {
    const record = await readMachine(name, env);
    if (record === null) throw new Error('It does not run.');
    const capabilities = await capabilitiesOf(record, env);
    const wanted = [
      'netem',
      'ip_vs',
      'btf',
      'tracefs',
      'kprobes',
      'bbr',
      'wireguard',
      'ipvlan',
      'br_netfilter',
    ];
    const controllers = ['cpu', 'memory', 'io', 'pids', 'cpuset'].map((each) => `cgroup2/${each}`);
    const tools =
      'perf bpftrace strace fio iperf3 tcpdump tshark ipvsadm bpftool runc podman nft conntrack sar';
    const all = [
      ...wanted.map((each) => `kernel/${each}`),
      ...controllers,
      ...tools.split(' ').map((each) => `tool/${each}`),
      'cap/sys_module',
    ];
    expect(unmet(all, capabilities)).toEqual([]);
    expect(unmet(['internet'], capabilities)).toEqual(['internet']);
    // To look has changed nothing: no module was loaded for it, which would bring links such as gre0.
    const traces = await ssh(
      "ls /sys/class/net; grep -oE '^(ipip|ip_gre|bonding|wireguard|sch_netem) ' /proc/modules",
    );
    expect(traces.stdout).toBe('lo\n');
  }, 300_000);

  it('shows a lab no network but its own, and keeps its login when a lab shuts every door', async () => {
    expect((await ssh('ls /sys/class/net; ip netns list')).stdout).toBe('lo\n');
    await ssh('iptables -P INPUT DROP; iptables -P OUTPUT DROP; ip link set lo down');
    expect((await ssh('echo still here')).stdout).toBe('still here\n');
    await ssh('iptables -P INPUT ACCEPT; iptables -P OUTPUT ACCEPT; ip link set lo up');
  }, 300_000);

  it('is not asked to install what it cannot fetch, and says how it could', async () => {
    await ssh('mount --bind /dev/null "$(command -v jq)"');
    const { status, stdout } = await program.labpath('doctor', '--name', name, '--fix', '--yes', '--json');
    await ssh('umount "$(readlink -f /usr/bin/jq)"');
    const { problem } = JSON.parse(stdout) as { problem: Record<string, string> | null };
    expect([status, problem?.what]).toEqual([1, 'Nothing was installed.']);
    expect(problem?.next).toContain(`labpath lab up --vm --internet --name ${name}`);
  }, 300_000);

  it('ends a process that takes more memory than its control group may have', async () => {
    const { stdout } = await ssh(`
      echo +memory >/sys/fs/cgroup/cgroup.subtree_control; mkdir /sys/fs/cgroup/small
      echo 32M >/sys/fs/cgroup/small/memory.max
      (echo 0 >/sys/fs/cgroup/small/cgroup.procs; exec dd if=/dev/zero of=/dev/null bs=64M count=1) 2>/dev/null
      echo $?`);
    expect(stdout).toBe('137\n');
  }, 300_000);

  it('runs a lab of the sample vault', async () => {
    const all = await program.labpath('run', lab, '--all', '--yes', '--host', name);
    const said = all.stderr.split('\n').filter((line) => !/^(skipped .*)?$/.test(line));
    expect([all.status, said]).toEqual([0, []]);
  }, 600_000);

  it('is another one after a reset, and gone with everything when it is closed', async () => {
    await ssh('touch /root/old');
    const before = await readMachine(name, env);
    await machine.reset();
    expect((await ssh('ls /root')).stdout).toBe('');
    expect((await readMachine(name, env))?.port).toBe(before?.port);
    const qemu = (await program.run('pgrep', '-f', `hostfwd=tcp:127.0.0.1:${before?.port}-`)).stdout.trim();
    expect(qemu).toMatch(/^\d+$/);
    await machine.close();
    expect(await eventually(() => !isAlive(Number(qemu)))).toBe(true);
    expect(await readMachine(name, env)).toBeNull();
  }, 1_200_000);
});
