import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
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
    const holder = await readFile(file, 'utf8').catch(() => null);
    // Gone between the two looks: somebody has just let go.
    if (holder === null) continue;
    if (!(await isHeld(holder))) await removeStale(file, holder);
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
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
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

/**
 * Takes a lock away whose holder is gone. Others may be doing the same and one of them hold it anew by now: so it is
 * moved aside first, which only one can do, and put back if it turns out to be another than the one that was judged.
 */
async function removeStale(file: string, judged: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  try {
    if ((await readFile(aside, 'utf8')) !== judged) await link(aside, file).catch(() => undefined);
  } finally {
    await rm(aside, { force: true });
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
