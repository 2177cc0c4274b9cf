import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../../src/base/problem';
import { connect } from '../../src/ssh/connect';
import type { HostTarget } from '../../src/ssh/target';
import { nodeClock } from '../support/nodeClock';
import { targetOf, unasked } from '../support/shell';
import { childrenOf, makeKey, startSshd, type TestSshd } from '../support/sshd';

/** `outer` lets through to `middle`, which lets through to `inner`; each has keys and a known_hosts file of its own. */
let outer: TestSshd;
let middle: TestSshd;
let inner: TestSshd;
let closed: TestSshd;
let dir: string;
beforeAll(async () => {
  [outer, middle, inner, closed] = await Promise.all([
    startSshd(),
    startSshd(),
    startSshd(),
    startSshd({ config: ['AllowTcpForwarding no'] }),
  ]);
  dir = mkdtempSync(join(tmpdir(), 'labpath-jump-'));
  makeKey(join(dir, 'strange'), 'ed25519');
});
afterAll(async () => {
  await Promise.all([outer, middle, inner, closed].map((server) => server.stop()));
  rmSync(dir, { recursive: true, force: true });
});

const through = (hop: TestSshd, change: Partial<HostTarget> = {}): HostTarget =>
  targetOf(hop, { name: 'bastion', ...change });

async function problemOf(target: HostTarget): Promise<Problem> {
  try {
    (await connect(target, nodeClock, unasked)).close();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It connected.');
}

/** A known_hosts file in which the server has somebody else's key. */
function strangeKeyFor(server: TestSshd): string {
  const file = join(dir, 'known_hosts');
  writeFileSync(file, `[127.0.0.1]:${server.port} ${readFileSync(join(dir, 'strange.pub'), 'utf8')}`);
  return file;
}

describe('A host behind others', () => {
  test('is reached through two hops, each logged in to with its own key', async () => {
    const target = targetOf(inner, { via: through(middle, { via: through(outer) }) });
    const connection = await connect(target, nodeClock, unasked);
    expect(await connection.exec('echo $SSH_CONNECTION')).toContain(` ${inner.port}\n`);
    connection.close();
    await expect.poll(() => childrenOf(outer.pid)).toEqual([]);
  });

  test('S13: is not reached when a hop on the way shows another key than the known one', async () => {
    const hop = through(middle, { knownHostsFiles: [strangeKeyFor(middle)], via: through(outer) });
    const problem = await problemOf(targetOf(inner, { via: hop }));
    expect(problem.what).toContain('bastion showed another host key');
  });

  test('S13: is held to its own key, however trusted the hops are', async () => {
    const problem = await problemOf(
      targetOf(inner, { knownHostsFiles: [strangeKeyFor(inner)], via: through(outer) }),
    );
    expect(problem.what).toContain('lab showed another host key');
    await expect.poll(() => childrenOf(outer.pid)).toEqual([]);
  });

  test('is said to be out of reach when the hop forwards nothing, or nobody listens behind it', async () => {
    expect((await problemOf(targetOf(inner, { via: through(closed) }))).what).toBe(
      'lab cannot be reached through bastion.',
    );
    const problem = await problemOf(targetOf(inner, { port: 1, via: through(outer) }));
    expect(problem.why).toContain('127.0.0.1:1');
  });

  test('is lost when a hop is, and nothing hangs', async () => {
    const hop = await startSshd();
    const connection = await connect(targetOf(inner, { via: through(hop) }), nodeClock, unasked);
    const lost = new Promise<void>((resolve) => connection.onClose(resolve));
    await hop.stop();
    await lost;
    expect(connection.alive).toBe(false);
  });
});
