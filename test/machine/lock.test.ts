import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const lock = fileURLToPath(new URL('../../src/machine/lock.ts', import.meta.url));
const processes = 4;
const rounds = 25;

let folder: string;
let contender: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labpath-lock-'));
  contender = join(folder, 'contender.mjs');
  await build({
    stdin: {
      // Whoever finds somebody else inside says so.
      contents: `
        import { withLock } from ${JSON.stringify(lock)};
        import { writeFileSync, rmSync, appendFileSync } from 'node:fs';
        const [folder] = process.argv.slice(2);
        for (let round = 0; round < ${rounds}; round++) {
          await withLock(folder + '/lock', async () => {
            try { writeFileSync(folder + '/inside', '', { flag: 'wx' }); }
            catch { appendFileSync(folder + '/overlaps', 'x'); }
            await new Promise((resolve) => setTimeout(resolve, 1));
            rmSync(folder + '/inside', { force: true });
            appendFileSync(folder + '/turns', 'x');
          });
        }`,
      resolveDir: folder,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: contender,
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the lock of a lab machine', () => {
  it('lets one process in at a time, also when a dead one left it behind', async () => {
    await writeFile(join(folder, 'lock'), '999999999 1');
    await Promise.all(
      Array.from(
        { length: processes },
        () => new Promise((resolve) => fork(contender, [folder]).once('exit', resolve)),
      ),
    );
    expect(await readFile(join(folder, 'overlaps'), 'utf8').catch(() => '')).toBe('');
    expect((await readFile(join(folder, 'turns'), 'utf8')).length).toBe(processes * rounds);
  }, 60_000);
});
