import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/runs/contract';
import { targetOf, pause } from '../support/shell';
import { childrenOf, startSshd, type TestSshd } from '../support/sshd';

/** Longer than a connection may be silent: interval × (count + 1) of the keepalive, with some more. */
const sleepOfLaptop = 27_000;

let sshd: TestSshd;
let out: string;
beforeAll(async () => {
  sshd = await startSshd();
  // Inside the project, so that ssh2, which is not bundled, is found.
  out = mkdtempSync(resolve('node_modules', '.freeze-'));
  await build({
    entryPoints: ['test/faults/client.ts'],
    outfile: join(out, 'client.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.bash': 'text' },
  });
});
afterAll(async () => {
  await sshd.stop();
  rmSync(out, { recursive: true, force: true });
});

interface Client {
  readonly process: ChildProcess;
  printed(): string;
  /** Waits until it has printed this many lines. */
  lines(count: number): Promise<string[]>;
}

function startClient(source: string): Client {
  const args = [join(out, 'client.mjs'), JSON.stringify(targetOf(sshd)), source];
  const client = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  client.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  const lines = (): string[] => printed.split('\n').slice(0, -1);
  return {
    process: client,
    printed: () => printed,
    async lines(count) {
      await expect.poll(() => lines().length, { timeout: 60_000 }).toBe(count);
      return lines();
    },
  };
}

/** How the client says that its cell ended. */
async function endOf(client: Client): Promise<{ end: RunEvent; text: string }> {
  const [, said = ''] = await client.lines(2);
  return JSON.parse(said) as { end: RunEvent; text: string };
}

describe('This computer sleeps for longer than a connection may be silent', () => {
  test(
    'the cell that ran on meanwhile is reported whole; one whose server went away is lost, with its output',
    { timeout: 180_000 },
    async () => {
      const mark = join(sshd.dir, 'ran');
      const lucky = startClient('echo a; sleep 8; echo b; (exit 3)');
      await lucky.lines(1);
      const before = childrenOf(sshd.pid);
      const unlucky = startClient(`echo kept; touch ${mark}; sleep 300`);
      await unlucky.lines(1);
      await expect.poll(() => existsSync(mark), { timeout: 30_000 }).toBe(true);
      await pause(500); // for what it printed to arrive
      for (const client of [lucky, unlucky]) client.process.kill('SIGSTOP');
      for (const child of childrenOf(sshd.pid)) if (!before.includes(child)) process.kill(child, 'SIGKILL');
      await pause(sleepOfLaptop);
      expect(unlucky.printed()).toBe('open\n');
      for (const client of [lucky, unlucky]) client.process.kill('SIGCONT');
      const one = await endOf(lucky);
      expect(one.text).toBe('a\nb\n');
      expect(one.end).toMatchObject({ type: 'status', exitStatus: 3 });
      const other = await endOf(unlucky);
      expect(other.text).toBe('kept\n');
      expect(other.end).toMatchObject({ type: 'lost', cause: 'connection' });
    },
  );
});
