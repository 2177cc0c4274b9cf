import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { problem, ProblemError, type Problem } from '../base/problem';
import type { Environment, MachineFiles } from './folder';
import type { MachineOptions } from './options';
import type { MachineRecord } from './state';

/** What the server process tells the one that started it, as JSON lines on file descriptor 3: progress, then one other. */
export type Report =
  { readonly record: MachineRecord } | { readonly problem: Problem } | { readonly progress: string };

export interface LaunchOptions {
  readonly options: MachineOptions;
  readonly env: Environment;
  readonly onProgress?: (sentence: string) => void;
  /** The command line, program first, of a process that calls `serveAndReport`; the options are added to it as text. */
  readonly serve: readonly [string, ...string[]];
}

/**
 * Starts the server of a machine as a process of its own, and waits until the machine is up.
 *
 * @throws ProblemError
 */
export async function launch(
  { options, env, onProgress, serve: [program, ...args] }: LaunchOptions,
  files: MachineFiles,
): Promise<MachineRecord> {
  await rm(files.record, { force: true });
  const server = spawn(program, [...args, JSON.stringify(options)], {
    detached: true,
    cwd: '/',
    env: { ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  server.unref();
  const channel = server.stdio[3];
  const failed = new Promise<never>((_, reject) => server.once('error', reject));
  const reports = channel instanceof Readable ? lastReport(channel, onProgress) : Promise.resolve(null);
  const message = await Promise.race([reports, failed]);
  if (message === null)
    throw new ProblemError(
      problem(
        'The server of the lab machine ended before it was ready.',
        '',
        `What it said last is in ${files.log}.`,
      ),
    );
  if ('problem' in message) throw new ProblemError(message.problem);
  return message.record;
}

/** The lines come from our own program; all that can happen to them is that they end too early. */
async function lastReport(
  channel: Readable,
  onProgress: (sentence: string) => void = () => undefined,
): Promise<Exclude<Report, { progress: string }> | null> {
  for await (const line of createInterface({ input: channel })) {
    const report = JSON.parse(line) as Report;
    if (!('progress' in report)) return report;
    onProgress(report.progress);
  }
  return null;
}
