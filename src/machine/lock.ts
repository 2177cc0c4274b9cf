import { link, readFile, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem, ProblemError } from '../base/problem';
import { isSameProcess, processStartTime } from './processes';

const pollMs = 50;

/**
 * Runs the work while holding the lock file, so that two commands never start or stop one machine at once. A lock whose
 * process is gone counts as free.
 *
 * @throws ProblemError when another process holds the lock for longer than `patienceMs`.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, patienceMs = 30_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  while (!(await acquire(file))) {
    const holder = await readFile(file, 'utf8').catch(() => '');
    if (!(await isHeld(holder))) await rm(file, { force: true });
    else if (Date.now() > deadline) throw new ProblemError(busy(holder));
    else await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Linking is atomic and brings the content with it: nobody ever reads a half-written lock. */
async function acquire(file: string): Promise<boolean> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${process.pid} ${(await processStartTime(process.pid)) ?? ''}`, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function isHeld(holder: string): Promise<boolean> {
  const [pid, startTime] = holder.split(' ');
  return isSameProcess(Number(pid), startTime);
}

function busy(holder: string) {
  return problem(
    'Another labpath command is busy with this lab machine.',
    `Process ${holder.split(' ')[0] ?? ''} has held its lock for half a minute.`,
    'Wait for it, or end that process, and try again.',
  );
}
