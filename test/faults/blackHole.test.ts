import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShellSession } from '../../src/session/shellSession';
import type { SessionPool } from '../../src/ssh/pool';
import { freshAddress, outcomeOf, pause, poolOf, statusOf, targetOf } from '../support/shell';
import { makeNamespace, removeNamespace, startLink, type NetnsLink } from './netnsLink';

const missing = makeNamespace();
afterAll(removeNamespace);

describe('The network swallows all packets while a cell runs', () => {
  let link: NetnsLink;
  beforeAll(async () => {
    if (missing === '') link = await startLink();
  });
  afterAll(async () => {
    if (missing === '') await link.stop();
  });
  const poolOver = (): SessionPool =>
    poolOf(link.sshd, {
      resolveHost: () =>
        Promise.resolve(
          targetOf(link.sshd, { port: link.port, hostKeyAlias: `[127.0.0.1]:${link.sshd.port}` }),
        ),
    });

  test(
    'for good: the run is lost after about 20 s, and names the shell that may still run',
    { timeout: 120_000 },
    async (context) => {
      if (missing !== '') context.skip(`no network namespace with a firewall: ${missing}`);
      const pool = poolOver();
      const address = freshAddress();
      const session = (await pool.open(address)) as ShellSession;
      const outcome = outcomeOf(session.run({ source: 'echo kept; sleep 300' }));
      await pause(500);
      link.drop();
      const { end, text } = await outcome;
      expect(text).toBe('kept\n');
      expect(end).toMatchObject({ type: 'lost', cause: 'connection' });
      expect(end).toHaveProperty('problem.what', expect.stringContaining('no answer from the network'));
      expect(end).toHaveProperty('problem.why', expect.stringContaining(`shell pid ${session.pid}`));
      // It does: nobody could tell the far side.
      expect(existsSync(`/proc/${session.pid}`)).toBe(true);
      link.heal();
      const again = await pool.open(address);
      expect((await outcomeOf(again.run({ source: 'echo new' }))).text).toBe('new\n');
      pool.closeAll();
    },
  );

  test('for eight seconds: the cell goes on as if nothing had been', { timeout: 60_000 }, async (context) => {
    if (missing !== '') context.skip(`no network namespace with a firewall: ${missing}`);
    const pool = poolOver();
    const session = await pool.open(freshAddress());
    const outcome = outcomeOf(session.run({ source: 'echo a; sleep 2; echo b' }));
    await pause(500);
    link.drop();
    await pause(8000);
    link.heal();
    expect((await outcome).text).toBe('a\nb\n');
    expect(statusOf(await outcome).exitStatus).toBe(0);
    pool.closeAll();
  });
});
