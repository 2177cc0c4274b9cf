/** Several virtual machines on one segment. Minutes long: run it with `npm run test:vm`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledProgram, type Program } from './program';

let program: Program;
beforeAll(async () => {
  program = await bundledProgram();
}, 60_000);
afterAll(async () => {
  await program.labpath('lab', 'down');
  program.remove();
}, 60_000);

const names = ['lab', 'node1', 'node2'];

describe('three virtual machines', () => {
  it('come up on a segment of their own, where each reaches the others by name', async () => {
    const up = await program.labpath('lab', 'up', '--vm', '--nodes', '3', '--memory', '768M');
    expect([up.status, up.stdout]).toEqual([
      0,
      expect.stringContaining('a virtual machine, with node1, node2 on its network.'),
    ]);
    for (const from of names) {
      const others = names.filter((name) => name !== from).join(' ');
      const seen = await program.ssh(
        from,
        `hostname; ls /sys/class/net; for other in ${others}; do ping -c 1 -W 20 "$other" >/dev/null && echo "$other"; done`,
      );
      expect(seen.stdout.split(/\s+/).filter(Boolean)).toEqual([from, 'eth0', 'lo', ...others.split(' ')]);
    }
  }, 1_800_000);

  it('have kernels and files apart', async () => {
    const boots = await Promise.all(
      names.map((name) => program.ssh(name, 'cat /proc/sys/kernel/random/boot_id')),
    );
    expect(new Set(boots.map(({ stdout }) => stdout)).size).toBe(3);
    await program.ssh('node1', 'touch /root/mine');
    expect((await program.ssh('node2', 'ls /root')).stdout).toBe('');
  }, 300_000);

  it('run the cells that name them', async () => {
    const note = path.join(program.env.XDG_STATE_HOME ?? '', 'note.md');
    const cells = ['', ' node=node1', ' host=node2'].map(
      (where) => `\`\`\`bash {${where}}\nhostname\n\`\`\``,
    );
    writeFileSync(note, cells.join('\n\n'));
    const ran = await program.labpath('run', note, '--all', '--yes', '--json');
    const outputs = ran.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { output: string }).output.trim());
    expect([ran.status, outputs]).toEqual([0, names]);
  }, 300_000);

  it('are gone with everything when they are ended', async () => {
    const { stdout } = await program.labpath('lab', 'status', '--json');
    const { pid } = JSON.parse(stdout) as { pid: number };
    const machines = (await program.run('pgrep', '-P', String(pid))).stdout.trim().split('\n');
    expect(machines).toHaveLength(3);
    expect((await program.labpath('lab', 'down')).status).toBe(0);
    for (const machine of machines) expect((await program.run('kill', '-0', machine)).status).toBe(1);
    expect((await program.labpath('lab', 'status')).status).toBe(1);
  }, 300_000);
});

it('A lab of two nodes is proved on two virtual machines', async () => {
  const note = path.join(import.meta.dirname, 'two-nodes.md');
  const proof = await program.labpath('verify', note, '--lab-machine', 'vm', '--jobs', '1', '--json');
  const outcome = (proof.stdout === '' ? proof : JSON.parse(proof.stdout)) as object;
  expect(outcome).toMatchObject({ verdict: 'proved', faults: 1, checks: 1, missing: [], lies: [] });
}, 1_800_000);
