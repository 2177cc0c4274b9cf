import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Emitter } from '../../src/views/ui/emitter';
import { MachineFit } from '../../src/views/machine/machineFit';

const folder = mkdtempSync(join(tmpdir(), 'labpath-fit-'));
// So that no machine of the person who runs the tests is looked up.
beforeAll(() => void vi.stubEnv('XDG_STATE_HOME', folder));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('What a machine lacks is looked up once per boot, and again when something was installed', async () => {
  let installed = 'tool/ip';
  let looks = 0;
  const machine = {
    name: 'lab',
    kind: 'vm',
    bootedAt: '2026-11-29T10:00:00Z',
    nodes: [{ node: 'lab', machine: 'lab' }],
  };
  const control = { machine, changed: new Emitter<void>() } as unknown as ConstructorParameters<
    typeof MachineFit
  >[0];
  const fit = new MachineFit(control, () => {
    looks++;
    return Promise.resolve(`kernel Linux 6.1\n${installed}\n`);
  });
  const wanted = ['tool/ip', 'tool/fio'];
  fit.of(wanted);
  await expect.poll(() => fit.of(wanted)).toEqual(['tool/fio']);
  installed += '\ntool/fio';
  control.changed.emit();
  expect([fit.of(wanted), looks]).toEqual([['tool/fio'], 1]);
  await fit.lookAgain();
  expect([fit.of(wanted), looks]).toEqual([[], 2]);
});
