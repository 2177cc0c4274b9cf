/** Builds the plugin and the workbench when a source is newer than what was built. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

const lockPollMs = 100;
/** A build takes seconds; a lock older than this belongs to a test run that was killed. */
const staleLockMs = 60_000;

export async function buildIfNeeded(): Promise<void> {
  await exclusively(join(repository, '.artifacts', 'build.lock'), async () => {
    const sources = await newest(['src', 'workbench', 'esbuild.config.mjs', 'styles.css'], Math.max);
    const built = await newest(['main.js', 'dist/workbench/host.js', 'dist/workbench/server.mjs'], Math.min);
    if (sources < built) return;
    await promisify(execFile)(process.execPath, ['esbuild.config.mjs'], { cwd: repository });
  });
}

async function newest(paths: readonly string[], choose: (...times: number[]) => number): Promise<number> {
  return choose(...(await Promise.all(paths.map((path) => timeOf(join(repository, path))))));
}

/** Modification time in ms, of a folder that of its newest file; 0 when it does not exist. */
async function timeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path);
  return Math.max(0, ...(await Promise.all(names.map((name) => timeOf(join(path, name))))));
}

/** Test files run side by side; only one of them builds. */
async function exclusively(lock: string, job: () => Promise<void>): Promise<void> {
  await mkdir(dirname(lock), { recursive: true });
  for (;;) {
    const taken = await mkdir(lock).then(
      () => false,
      () => true,
    );
    if (!taken) break;
    const age = Date.now() - ((await stat(lock).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > staleLockMs) await rm(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, lockPollMs));
  }
  try {
    await job();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
