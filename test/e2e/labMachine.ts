/** A lab machine of its own for browser tests: started before, stopped after, nothing left behind. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MachineRecord } from '../../src/machine/state';
import { repository } from './harness';
import { buildIfNeeded } from './harnessBuild';

const run = promisify(execFile);

export interface TestLab {
  /** XDG_STATE_HOME: holds nothing but this machine. */
  readonly stateFolder: string;
  readonly record: MachineRecord;
  readonly env: Readonly<Record<string, string>>;
  /** The port it listens on by now; another one each time it comes up. */
  ports(): Promise<readonly number[]>;
  up(): Promise<void>;
  down(): Promise<void>;
  /** Down, and nothing left behind. */
  stop(): Promise<void>;
}

export async function startLab(): Promise<TestLab> {
  await buildIfNeeded();
  const stateFolder = await mkdtemp(join(tmpdir(), 'labpath-e2e-'));
  const env = { XDG_STATE_HOME: stateFolder };
  await labpath(['lab', 'up'], env);
  const recordFile = join(stateFolder, 'labpath', 'lab', 'machine.json');
  const record = JSON.parse(await readFile(recordFile, 'utf8')) as MachineRecord;
  const down = () => labpath(['lab', 'down'], env);
  return {
    stateFolder,
    record,
    env,
    ports: async () => [(JSON.parse(await readFile(recordFile, 'utf8')) as MachineRecord).port],
    up: () => labpath(['lab', 'up'], env),
    down,
    async stop() {
      await down();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

async function labpath(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  await run(process.execPath, [join(repository, 'dist/labpath.mjs'), ...args], {
    env: { ...process.env, ...env },
  });
}
