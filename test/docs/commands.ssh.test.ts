import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIfNeeded } from '../e2e/harnessBuild';
import { commandsOf, fences } from './pages';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'labpath-docs-'));
const program = resolve('dist/labpath.mjs');

/** A command of a page as somebody types it, in a copy of the clone's sample vault, with a lab machine of its own. */
async function type(command: string): Promise<string> {
  const { stdout } = await run('bash', ['-c', command], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
      XDG_STATE_HOME: join(folder, 'state'),
    },
  });
  return stdout;
}

beforeAll(async () => {
  await buildIfNeeded();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'labpath'), `#!/bin/sh\nexec ${process.execPath} ${program} "$@"\n`, {
    mode: 0o755,
  });
  cpSync('sample-vault', join(folder, 'sample-vault'), { recursive: true });
  cpSync('src/views/help/sample', join(folder, 'first'), { recursive: true });
}, 120_000);

afterAll(async () => {
  await type('labpath lab down').catch(() => '');
  rmSync(folder, { recursive: true, force: true });
});

describe('the commands that the pages show, in the order of reading', () => {
  const shown = fences
    .filter(({ lang }) => lang === 'console')
    .flatMap((fence) => commandsOf(fence).map((command) => ({ file: fence.file, command })));

  it.each(shown)('do what they say: $file: $command', { timeout: 180_000 }, async ({ command }) => {
    expect((await type(command)).trim()).not.toBe('');
  });
});

describe('the workbench by hand, as its page says', () => {
  const [build = '', serve = ''] =
    fences.find(({ file, lang }) => file === 'workbench/README.md' && lang === 'bash')?.body.split('\n') ??
    [];

  it('is built', { timeout: 180_000 }, async () => {
    expect(build).toMatch(/^npm run /);
    await run('bash', ['-c', build]);
  });

  it('serves at the address it prints', async () => {
    const server = spawn('bash', ['-c', `exec ${serve}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [said] = (await once(server.stdout, 'data')) as [Buffer];
      const answer = await fetch(said.toString().trim());
      expect([answer.status, await answer.text()]).toEqual([
        200,
        expect.stringContaining('Labpath workbench'),
      ]);
    } finally {
      server.kill();
    }
  });
});

describe('the sample notes for newcomers', () => {
  it('hold what they claim', { timeout: 180_000 }, async () => {
    expect(await type('labpath verify first')).toMatch(/First lab: proved, 2 faults × 2 checks/);
  });

  it('run from the top', { timeout: 180_000 }, async () => {
    await type('labpath lab up');
    expect(await type('labpath run "first/First cells.md" --all --yes')).toContain('hello from /tmp');
    await type('labpath lab down');
  });
});
