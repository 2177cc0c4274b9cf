import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/runs/contract';
import type { ShellSession } from '../../src/session/shellSession';
import { freshAddress, outcomeOf, pause, poolOf, statusOf, targetOf } from '../support/shell';
import { freePort, startSshd, type TestSshd } from '../support/sshd';

let sshd: TestSshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

/** Process id of the sshd that serves a session: the parent of its shell. */
function serverOf(session: Session): number {
  const stat = readFileSync(`/proc/${(session as ShellSession).pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

describe('The connection breaks while a cell runs', () => {
  test('because its server is killed: what it printed is kept, the reason told, and nothing runs again', async () => {
    const pool = poolOf(sshd);
    const address = freshAddress();
    const session = await pool.open(address);
    const file = `${sshd.dir}/killed`;
    const outcome = outcomeOf(session.run({ source: `echo x >>${file}; echo kept; sleep 60` }));
    await pause(500);
    process.kill(serverOf(session), 'SIGKILL');
    const { end, text } = await outcome;
    expect(text).toBe('kept\n');
    expect(end).toMatchObject({ type: 'lost', cause: 'connection' });
    expect(end).toHaveProperty('problem.what', expect.stringContaining('The connection to lab was lost'));
    const again = await pool.open(address);
    expect((await outcomeOf(again.run({ source: 'echo new' }))).text).toBe('new\n');
    expect(readFileSync(file, 'utf8')).toBe('x\n');
    pool.closeAll();
  });

  test('because its server freezes: no answer for about 20 s is the end', { timeout: 60_000 }, async () => {
    const pool = poolOf(sshd);
    const session = await pool.open(freshAddress());
    const server = serverOf(session);
    const outcome = outcomeOf(session.run({ source: 'echo kept; sleep 120' }));
    await pause(500);
    process.kill(server, 'SIGSTOP');
    const { end, text } = await outcome;
    process.kill(server, 'SIGKILL');
    expect(text).toBe('kept\n');
    expect(end).toMatchObject({ type: 'lost', cause: 'connection' });
    expect(end).toHaveProperty('problem.what', expect.stringContaining('no answer from the network'));
    pool.closeAll();
  });

  test('for a moment only: a server that was frozen for 6 s goes on, and the cell with it', async () => {
    const pool = poolOf(sshd);
    const session = await pool.open(freshAddress());
    const server = serverOf(session);
    const outcome = outcomeOf(session.run({ source: 'echo a; sleep 2; echo b' }));
    await pause(500);
    process.kill(server, 'SIGSTOP');
    await pause(6000);
    process.kill(server, 'SIGCONT');
    expect((await outcome).text).toBe('a\nb\n');
    expect(statusOf(await outcome).exitStatus).toBe(0);
    pool.closeAll();
  });
});

describe('No connection', () => {
  const opening = (change: Parameters<typeof targetOf>[1]): Promise<Session> =>
    poolOf(sshd, { resolveHost: () => Promise.resolve(targetOf(sshd, change)) }).open(freshAddress());

  test('to a port where nobody listens', async () => {
    await expect(opening({ port: await freePort() })).rejects.toThrow(
      /refused the connection.*labpath lab up/s,
    );
  });

  test('to a name that nobody knows', async () => {
    await expect(opening({ address: 'no-such-host.invalid' })).rejects.toThrow(
      /The name no-such-host\.invalid is not known/,
    );
  });

  test('for a user whose key is not let in', async () => {
    await expect(opening({ user: 'nobody-here' })).rejects.toThrow(/refused the login for nobody-here/);
  });

  test('where the server hangs up at once', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('No port.');
    await expect(opening({ port: address.port })).rejects.toThrow(/lab/);
    server.close();
  });
});

describe('The far side is in trouble', () => {
  const root = process.getuid?.() === 0;

  test('its disk is full: cells run, and a shell that ends comes back', async (context) => {
    if (!root) context.skip('only root may mount a small disk');
    const disk = `${sshd.dir}/disk`;
    execFileSync('mkdir', ['-p', disk]);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], {
      encoding: 'utf8',
    });
    if (mounted.status !== 0) context.skip(`no small disk could be mounted: ${mounted.stderr}`);
    try {
      const pool = poolOf(sshd);
      const session = await pool.open(freshAddress());
      const run = (source: string) => outcomeOf(session.run({ source }));
      await run(`export TMPDIR=${disk}; cd ${disk}; KEEP=1; head -c 200000 /dev/zero >fill`);
      expect((await run('echo more >file; echo $?')).text).toMatch(/No space left on device\n1\n/);
      expect(statusOf(await run('exit 3')).exitStatus).toBe(3);
      expect((await run('echo $KEEP')).text).toBe('1\n');
      pool.closeAll();
    } finally {
      execFileSync('umount', ['--lazy', disk]);
    }
  });

  test('it can start no process: the cell says so, and the session lives', async (context) => {
    if (root) context.skip('root is not held to a number of processes');
    const pool = poolOf(sshd);
    const session = await pool.open(freshAddress());
    const run = (source: string) => outcomeOf(session.run({ source }));
    await run('ulimit -S -u 1');
    expect((await run('/bin/true || echo no')).text).toMatch(/fork|no/);
    await run('ulimit -S -u "$(ulimit -H -u)"');
    expect((await run('echo ok')).text).toBe('ok\n');
    pool.closeAll();
  });
});
