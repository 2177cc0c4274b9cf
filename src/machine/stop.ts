import { access, rm } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem, ProblemError } from '../base/problem';
import { machineFiles, type Environment, type MachineFiles } from './folder';
import { sweepGroups } from './confinement';
import { removeFolders } from './folders';
import { withLock } from './lock';
import { isSameProcess } from './processes';
import { lastRecord, readMachine } from './read';
import type { MachineRecord } from './state';

const pollMs = 10;
/** The server itself gives the sandbox two seconds. */
const politeMs = 5_000;
const killedMs = 5_000;

/**
 * Stops the machine with everything in it and removes its files. Gives false when it was not running.
 *
 * @throws ProblemError when its server does not end.
 */
export async function stopMachine(name: string, env: Environment): Promise<boolean> {
  const files = machineFiles(name, env);
  const hasFolder = await access(files.folder).then(
    () => true,
    () => false,
  );
  if (!hasFolder) return false;
  return withLock(files.lock, async () => {
    const last = await lastRecord(name, env);
    const record = await readMachine(name, env);
    if (record !== null) await stopServer(record, files);
    await sweepGroups();
    await removeFolders([name, ...(last?.nodes ?? []).map(({ machine }) => machine)], env);
    return record !== null;
  });
}

/** Ends the server process and with it the sandbox: politely, then by force. */
export async function stopServer(record: MachineRecord, files: MachineFiles): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGTERM', politeMs],
    ['SIGKILL', killedMs],
  ] as const) {
    if (!signalled(record.pid, signal) || (await hasEnded(record, patienceMs))) {
      await rm(files.record, { force: true });
      return;
    }
  }
  throw new ProblemError(
    problem(
      `The lab machine “${record.name}” does not stop.`,
      `Its server, process ${record.pid}, does not even end when killed.`,
      'The kernel is busy with it; look again in a minute.',
    ),
  );
}

/** False when there is no such process any more. */
function signalled(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function hasEnded(record: MachineRecord, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (await isSameProcess(record.pid, record.pidStartTime)) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}
