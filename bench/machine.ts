/**
 * From nothing to the first cell: how long a lab machine takes until `echo` has come back through it, against plain ssh to
 * a machine that is up. Sandbox, reset, and (with `--vm`, which takes minutes) a virtual machine from the cached image.
 * Medians and ratios of one run; nothing is compared with another run.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { openLabMachine, type MachineTier } from '../src/machine/openLabMachine';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), 'labpath-bench-'));
const env = { ...process.env, XDG_STATE_HOME: folder };
const name = 'bench';
const rounds = 7;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const cell = () => run('ssh', ['-F', path.join(folder, 'labpath', name, 'ssh_config'), name, 'echo first']);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

async function measure(tier: MachineTier, count: number): Promise<void> {
  const times = { start: [] as number[], reset: [] as number[], ssh: [] as number[] };
  for (let round = 0; round < count; round++) {
    const begun = performance.now();
    const machine = await openLabMachine({ tier, name, env });
    await cell();
    times.start.push(performance.now() - begun);
    times.ssh.push(await timed(cell));
    times.reset.push(await timed(() => machine.reset().then(cell)));
    await machine.close();
  }
  const ssh = median(times.ssh);
  const line = (what: string, time: number) =>
    say(
      `${tier}: ${what} ${time.toFixed(0)} ms, ${(time / ssh).toFixed(1)} x a plain ssh to it (${ssh.toFixed(0)} ms)`,
    );
  line('nothing to first cell', median(times.start));
  line('reset to first cell  ', median(times.reset));
}

try {
  await measure('sandbox', rounds);
  if (process.argv.includes('--vm')) await measure('vm', 1);
  else say('vm: not measured; --vm measures it, with its image built before');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
