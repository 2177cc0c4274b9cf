/** A lab machine of its own for browser tests: started before, stopped after, nothing left behind. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MachineRecord } from '../../src/machine/state';
import type { ProgramEnd } from '../../workbench/shims/stubs';
import { repository } from './harness';
import { buildIfNeeded } from './harnessBuild';

const run = promisify(execFile);
const labpathFile = join(repository, 'dist/labpath.mjs');

export interface TestLab {
  /** XDG_STATE_HOME: holds nothing but this machine. */
  readonly stateFolder: string;
  readonly record: MachineRecord;
  readonly env: Readonly<Record<string, string>>;
  /** The port it listens on by now; another one each time it comes up. */
  ports(): Promise<readonly number[]>;
  up(): Promise<void>;
  /** What the record of the machine says now. */
  read(): Promise<MachineRecord>;
  /** Runs bash there, as root. */
  ssh(script: string): Promise<void>;
  /** For the app to drive it: starts the real `labpath`, which `env` has on its PATH, and no other program. */
  start(program: string, args: readonly string[]): Promise<ProgramEnd>;
  down(): Promise<void>;
  /** Down, and nothing left behind. */
  stop(): Promise<void>;
}

export async function startLab(): Promise<TestLab> {
  await buildIfNeeded();
  const stateFolder = await mkdtemp(join(tmpdir(), 'labpath-e2e-'));
  const bin = join(stateFolder, 'bin');
  const env = { XDG_STATE_HOME: stateFolder, PATH: bin };
  await mkdir(bin);
  await writeFile(join(bin, 'labpath'), '', { mode: 0o755 });
  // In here programs of the test come before those of this computer.
  const ownEnv = { XDG_STATE_HOME: stateFolder, PATH: `${bin}:${process.env.PATH ?? ''}` };
  await labpath(['lab', 'up'], ownEnv);
  const recordFile = join(stateFolder, 'labpath', 'lab', 'machine.json');
  const record = await readRecord(recordFile);
  const down = () => labpath(['lab', 'down'], ownEnv);
  return {
    stateFolder,
    record,
    env,
    ports: async () => [(await readRecord(recordFile)).port],
    up: () => labpath(['lab', 'up'], ownEnv),
    read: () => readRecord(recordFile),
    async ssh(script) {
      await run('ssh', ['-F', record.sshConfigFile, 'lab', script]);
    },
    start(program, args) {
      if (program !== join(bin, 'labpath')) throw new Error(`${program} is not for the app to start.`);
      return new Promise((resolve) => {
        const options = { env: { ...process.env, ...ownEnv } };
        execFile(process.execPath, [labpathFile, ...args], options, (error, stdout, stderr) =>
          resolve({ status: error === null ? 0 : Number(error.code ?? 255), stdout, stderr }),
        );
      });
    },
    down,
    async stop() {
      await down();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

async function readRecord(file: string): Promise<MachineRecord> {
  return JSON.parse(await readFile(file, 'utf8')) as MachineRecord;
}

async function labpath(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  await run(process.execPath, [labpathFile, ...args], {
    env: { ...process.env, ...env },
  });
}
