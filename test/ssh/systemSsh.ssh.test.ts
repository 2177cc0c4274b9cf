import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/runs/contract';
import type { HostTarget } from '../../src/ssh/target';
import type { SessionPool } from '../../src/ssh/pool';
import { killConnections, makeKey, startSshd, type TestSshd } from '../support/sshd';
import { freshAddress, outcomeOf, poolOf, statusOf, targetOf, type Outcome } from '../support/shell';

/** What the system's ssh is told to reach the test's server, and nothing of the config of whoever runs the tests. */
function bySystem(sshd: TestSshd, options: readonly string[] = []): HostTarget {
  const identity = options.includes('-i') ? [] : ['-i', sshd.identityFile];
  const known = ['-o', `UserKnownHostsFile=${sshd.knownHostsFile}`, '-o', 'IdentityAgent=none'];
  return targetOf(sshd, {
    bySystem: ['-F', 'none', '-p', String(sshd.port), '-l', sshd.user, ...known, ...identity, ...options, '--', '127.0.0.1'],
  }); // prettier-ignore
}

describe.each([1, 10])('Over the system’s ssh, to a server of %d sessions a connection', (limit) => {
  let sshd: TestSshd;
  let pool: SessionPool;
  beforeAll(async () => {
    sshd = await startSshd({ config: [`MaxSessions ${limit}`] });
  });
  afterEach(() => pool.closeAll());
  afterAll(() => sshd.stop());

  async function open(): Promise<Session> {
    pool = poolOf(sshd, { resolveHost: () => Promise.resolve(bySystem(sshd)) });
    return pool.open(freshAddress());
  }
  const run = (session: Session, source: string): Promise<Outcome> => outcomeOf(session.run({ source }));

  test('cells keep their state, and output, status and exit are exact', async () => {
    const session = await open();
    await run(session, 'cd /tmp; V=1; f() { echo F$V; }');
    expect((await run(session, 'f; pwd; printf "a\\r\\n\\xff"')).bytes.toString('latin1')).toBe(
      'F1\n/tmp\na\r\n\xff',
    );
    expect(statusOf(await run(session, '(exit 42)'))).toMatchObject({
      exitStatus: 42,
      where: { cwd: '/tmp' },
    });
    expect(statusOf(await run(session, 'exit 3'))).toMatchObject({ exitStatus: 3, shell: 'restarted' });
    expect((await run(session, 'f')).text).toBe('F1\n');
  });

  test('the terminal has the size it was opened with, and a new one reaches the program', async () => {
    const session = await open();
    expect((await run(session, 'stty size')).text).toBe('30 100\n');
    session.resize(132, 40);
    await expect
      .poll(async () => (await run(session, 'stty size')).text, { timeout: 20_000 })
      .toBe('40 132\n');
  });

  test('an interrupt stops what ignores ^C, and the session lives', async () => {
    const session = await open();
    await run(session, 'KEEP=1');
    const { outcome } = await startedIn(session, `bash -c 'trap "" INT; echo up; while :; do sleep 1; done'`);
    await session.interrupt();
    expect((await outcome).end).toMatchObject({ type: 'status', signal: 'TERM' });
    expect((await run(session, 'echo $KEEP')).text).toBe('1\n');
  });

  test('stdout and stderr come apart on request', async () => {
    const session = await open();
    const outcome = await outcomeOf(session.run({ source: 'echo o; echo e >&2', separateStreams: true }));
    expect([outcome.of('stdout').toString(), outcome.of('stderr').toString()]).toEqual(['o\n', 'e\n']);
  });

  test('a shell that a cell ended is told apart from a connection that was lost', async () => {
    const session = await open();
    expect((await run(session, 'exec bash -c "exit 4"')).end).toMatchObject({
      type: 'lost',
      cause: 'shell',
      exitStatus: 4,
    });
    const other = await pool.open(freshAddress());
    expect((await run(other, 'kill -9 $$')).end).toMatchObject({ type: 'lost', cause: 'shell' });
    const third = await pool.open(freshAddress());
    const { outcome } = await startedIn(third, 'echo up; sleep 60');
    killConnections(sshd.pid);
    expect((await outcome).end).toMatchObject({ type: 'lost', cause: 'connection' });
    expect((await outcome).text).toBe('up\n');
  });

  test('when it is closed, no ssh and no folder of it is left', async () => {
    await run(await open(), 'true');
    const sockets = processesTo(sshd).map((args) => args[args.indexOf('-S') + 1] ?? '');
    expect(sockets.length).toBeGreaterThanOrEqual(2);
    pool.closeAll();
    await expect
      .poll(() => [...processesTo(sshd), ...sockets.map(dirname).filter(existsSync)], { timeout: 20_000 })
      .toEqual([]);
  });
});

describe('The system’s ssh', () => {
  let sshd: TestSshd;
  let authority: string;
  beforeAll(async () => {
    sshd = await startSshd({
      config: [`TrustedUserCAKeys ${join(tmpdir(), `labpath-ca-${process.pid}.pub`)}`],
    });
    authority = join(tmpdir(), `labpath-ca-${process.pid}`);
    makeKey(authority, 'ed25519');
  });
  afterAll(async () => {
    await sshd.stop();
    execFileSync('rm', ['-f', authority, `${authority}.pub`]);
  });
  const opening = (target: HostTarget): Promise<Session> =>
    poolOf(sshd, { resolveHost: () => Promise.resolve(target) }).open(freshAddress());

  test('logs in with a certificate', async () => {
    const key = join(sshd.dir, 'certified');
    makeKey(key, 'ed25519');
    await expect(opening(bySystem(sshd, ['-i', key]))).rejects.toThrow(/Permission denied/);
    execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'test', '-n', sshd.user, `${key}.pub`]);
    const session = await opening(bySystem(sshd, ['-i', key]));
    expect((await outcomeOf(session.run({ source: 'echo in' }))).text).toBe('in\n');
    session.close();
  });

  test('refuses a host key that it does not know, in its own words', async () => {
    const unknown = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'GlobalKnownHostsFile=/dev/null'];
    const target = bySystem(sshd, unknown);
    // The first value of an option counts.
    const args = [...unknown, ...(target.bySystem ?? [])];
    await expect(opening({ ...target, bySystem: args })).rejects.toThrow(
      /could not log in to lab.*Host key verification failed/s,
    );
  });
});

/** The arguments of every ssh that goes to this server. */
function processesTo(sshd: TestSshd): string[][] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      } catch {
        return [];
      }
    })
    .filter((args) => args[0] === 'ssh' && args.includes(String(sshd.port)));
}

async function startedIn(session: Session, source: string): Promise<{ outcome: Promise<Outcome> }> {
  const run = session.run({ source });
  let printed = '';
  let up: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => (up = resolve));
  const outcome = outcomeOf(
    (async function* () {
      for await (const event of run) {
        if (event.type === 'output') printed += Buffer.from(event.bytes).toString();
        if (printed.includes('\n')) up();
        yield event;
      }
    })(),
  );
  await seen;
  return { outcome };
}
