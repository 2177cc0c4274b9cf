/** The real commands, bundled as they are shipped, with a state of their own; images come from the user's cache. */
import { execFile, type ExecFileException } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { cliBundle } from '../../esbuild.config.mjs';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly env: NodeJS.ProcessEnv;
  run(command: string, ...args: string[]): Promise<Result>;
  labpath(...args: string[]): Promise<Result>;
  /** Runs a script on a machine by plain ssh. */
  ssh(machine: string, script: string): Promise<Result>;
  /** Removes its files. */
  remove(): void;
}

export async function bundledProgram(): Promise<Program> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'labpath-vm-test-'));
  const file = path.join(folder, 'labpath.mjs');
  await build({ ...cliBundle, outfile: file });
  const env = { ...process.env, XDG_STATE_HOME: folder };
  const run: Program['run'] = (command, ...args) =>
    new Promise((resolve) => {
      execFile(
        command,
        args,
        { env, maxBuffer: 1 << 28 },
        (error: ExecFileException | null, stdout, stderr) =>
          resolve({ status: error === null ? 0 : Number(error.code ?? 255), stdout, stderr }),
      );
    });
  return {
    env,
    run,
    labpath: (...args) => run(process.execPath, file, ...args),
    ssh(machine, script) {
      const config = path.join(folder, 'labpath', machine, 'ssh_config');
      return run('ssh', '-F', config, '-o', 'BatchMode=yes', machine, script);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
