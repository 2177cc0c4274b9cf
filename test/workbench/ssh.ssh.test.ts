import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import type * as Net from 'node:net';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkbench, repository, type Harness } from '../e2e/harness';
import type FixturePlugin from './fixture/main';
import { buildFixture } from './fixture/build';
import { startSshServer, type SshServer } from './sshServer';

describe('a plugin with ssh2 in its bundle, in the page', () => {
  let sshd: SshServer;
  let pluginDir: string;
  let bench: Harness;

  beforeAll(async () => {
    sshd = await startSshServer();
    pluginDir = await buildFixture();
    bench = await openWorkbench({
      vault: join(repository, 'test/workbench/vault'),
      pluginDir,
      stateFolder: join(sshd.stateHome, 'labpath'),
      env: { XDG_STATE_HOME: sshd.stateHome },
    });
  });

  afterAll(async () => {
    await bench?.close();
    await sshd?.close();
    await rm(pluginDir, { recursive: true, force: true });
  });

  async function execute(command: string): Promise<{ text: string; exitStatus: string }> {
    return bench.page.evaluate(async (line) => {
      await (window.workbench?.plugin as unknown as FixturePlugin).execute(line);
      const output = document.querySelector<HTMLElement>('.fixture-output:last-of-type');
      return { text: output?.textContent ?? '', exitStatus: output?.dataset['exitStatus'] ?? '' };
    }, command);
  }

  test('runs a command on a real sshd and shows what it printed', async () => {
    const { text, exitStatus } = await execute('echo "it is $((6 * 7))"; exit 3');
    expect(text).toBe('it is 42\n');
    expect(exitStatus).toBe('3');
    expect(bench.errors).toEqual([]);
  });

  test('carries a megabyte without losing a byte', async () => {
    const { text } = await execute('head -c 1000000 /dev/zero | tr "\\0" x');
    expect(text.length).toBe(1_000_000);
  });

  test('cannot reach a port that is not the lab machine’s', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const failure = await bench.page.evaluate(
      (to) =>
        new Promise<string>((resolve) => {
          const { connect } = window.require('node:net') as typeof Net;
          connect(to, '127.0.0.1')
            .on('connect', () => resolve('connected'))
            .on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message));
        }),
      port,
    );
    expect(failure).toBe('EACCES');
    other.close();
  });
});
