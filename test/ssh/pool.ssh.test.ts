import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import type { SessionAddress } from '../../src/runs/contract';
import type { SessionPool } from '../../src/ssh/pool';
import { childrenOf, startSshd, type TestSshd } from '../support/sshd';
import { freshAddress, outcomeOf, pause, poolOf, statusOf, targetOf } from '../support/shell';

let sshd: TestSshd;
let pool: SessionPool;
beforeAll(async () => {
  sshd = await startSshd();
  pool = poolOf(sshd);
});
afterAll(async () => {
  pool.closeAll();
  await sshd.stop();
});

async function output(address: SessionAddress, source: string, from = pool): Promise<string> {
  const session = await from.open(address);
  const outcome = await outcomeOf(session.run({ source }));
  statusOf(outcome);
  return outcome.text;
}

describe('The session pool', () => {
  test('gives one session per address, and notes and names share nothing', async () => {
    const address = freshAddress();
    await output(address, 'X=1');
    expect(await output({ ...address }, 'echo $X')).toBe('1\n');
    expect(await output({ ...address, name: 'second' }, 'echo "<$X>"')).toBe('<>\n');
    expect(await output(freshAddress(), 'echo "<$X>"')).toBe('<>\n');
  });

  test('opens a session once, although several ask at the same time, and all of a host share a connection', async () => {
    const own = poolOf(sshd);
    const address = freshAddress();
    const before = childrenOf(sshd.pid).length;
    const sessions = await Promise.all([own.open(address), own.open(address), own.open(freshAddress())]);
    expect(sessions[0]).toBe(sessions[1]);
    expect(sessions[0]).not.toBe(sessions[2]);
    expect(childrenOf(sshd.pid).length).toBe(before + 1);
    own.closeAll();
  });

  test('runs of a session go one after another, in the order of the calls', async () => {
    const session = await pool.open(freshAddress());
    const runs = [1, 2, 3].map((n) =>
      outcomeOf(session.run({ source: `sleep 0.1; echo ${n}; x=\${x}${n}; echo $x` })),
    );
    expect((await Promise.all(runs)).map(({ text }) => text)).toEqual(['1\n1\n', '2\n12\n', '3\n123\n']);
  });

  test('closing a note ends its sessions; the next open starts afresh', async () => {
    const address = freshAddress();
    await output(address, 'X=1');
    const session = await pool.open(address);
    const running = outcomeOf(session.run({ source: 'echo a; sleep 30' }));
    await pause(200);
    pool.close(address.note);
    const { end, text } = await running;
    expect(text).toBe('a\n');
    expect(end).toMatchObject({
      type: 'lost',
      problem: { what: expect.stringContaining('closed') as string },
    });
    expect(await output(address, 'echo "<$X>"')).toBe('<>\n');
  });

  test('a renamed note keeps its session', async () => {
    const address = freshAddress();
    await output(address, 'X=7');
    pool.rename(address.note, 'elsewhere.md');
    expect(await output({ ...address, note: 'elsewhere.md' }, 'echo $X')).toBe('7\n');
    expect(await output(address, 'echo "<$X>"')).toBe('<>\n');
  });

  test('a session that ended is opened afresh', async () => {
    const address = freshAddress();
    const session = await pool.open(address);
    await outcomeOf(session.run({ source: 'exec true' }));
    expect(await output(address, 'echo new')).toBe('new\n');
  });

  test('a failed open is not remembered', async () => {
    let attempts = 0;
    const own = poolOf(sshd, {
      resolveHost: () => {
        attempts++;
        return attempts === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve(targetOf(sshd));
      },
    });
    const address = freshAddress();
    await expect(own.open(address)).rejects.toThrow('not yet');
    expect(await output(address, 'echo ok', own)).toBe('ok\n');
    own.closeAll();
  });

  test('late output comes with the address it has by now', async () => {
    const seen: [string, string][] = [];
    const own = poolOf(sshd, {
      onLateOutput: ({ note }, bytes) => seen.push([note, Buffer.from(bytes).toString()]),
    });
    await output(freshAddress({ note: 'before.md' }), '(sleep 0.4; echo behind) &', own);
    own.rename('before.md', 'after.md');
    await pause(900);
    expect(seen.filter(([, text]) => text === 'behind\n')).toEqual([['after.md', 'behind\n']]);
    own.closeAll();
  });
});

describe('A connection that breaks', () => {
  test('ends its runs as lost, with the output so far; the next open reconnects and re-runs nothing', async () => {
    const own = poolOf(sshd);
    const address = freshAddress();
    const session = await own.open(address);
    const file = `${sshd.dir}/ran`;
    const running = outcomeOf(session.run({ source: `echo x >>${file}; echo kept; echo $PPID; sleep 30` }));
    const queued = outcomeOf(session.run({ source: `echo queued >>${file}` }));
    await pause(500);
    const parent = Number(
      execFileSync('cat', [`/proc/${shellPid(session)}/stat`])
        .toString()
        .split(') ')[1]
        ?.split(' ')[1],
    );
    process.kill(parent, 'SIGKILL');
    const { end, text } = await running;
    expect(text).toMatch(/^kept\n/);
    expect(end).toMatchObject({
      type: 'lost',
      problem: { what: expect.stringContaining('was lost') as string },
    });
    expect((await queued).end).toMatchObject({ type: 'lost', problem: { what: 'The cell was not run.' } });
    expect(session.alive).toBe(false);
    expect(await output(address, 'echo again', own)).toBe('again\n');
    expect(readFileSync(file, 'utf8')).toBe('x\n');
    own.closeAll();
  });

  test('leaves nothing running on the far side when it is closed', async () => {
    const own = poolOf(sshd);
    const session = await own.open(freshAddress());
    await outcomeOf(session.run({ source: '(while :; do sleep 1; done) &' }));
    const pid = shellPid(session);
    own.closeAll();
    await expect.poll(() => alive(pid), { timeout: 5000 }).toBe(false);
  });
});

describe.each([1, 2, 10])('A server that allows %d sessions a connection', (limit) => {
  let small: TestSshd;
  beforeAll(async () => {
    small = await startSshd({ config: [`MaxSessions ${limit}`] });
  });
  afterAll(() => small.stop());

  test('still serves many sessions, and each can be interrupted hard', async () => {
    const own = poolOf(small);
    const sessions = await Promise.all(Array.from({ length: 4 }, () => own.open(freshAddress())));
    const texts = await Promise.all(
      sessions.map(
        async (session, index) => (await outcomeOf(session.run({ source: `echo ${index}` }))).text,
      ),
    );
    expect(texts).toEqual(['0\n', '1\n', '2\n', '3\n']);
    const [first] = sessions;
    if (first === undefined) throw new Error('No session was opened.');
    const stubborn = outcomeOf(first.run({ source: `bash -c 'trap "" INT; sleep 30 & wait; sleep 30'` }));
    await pause(500);
    await first.interrupt();
    expect((await stubborn).end).toMatchObject({ type: 'status', signal: 'TERM' });
    own.closeAll();
  });
});

describe('A network namespace', () => {
  test('with a name that is none is refused before anything is sent', async () => {
    const opening = pool.open(freshAddress({ netns: 'a; touch /tmp/x' }));
    await expect(opening).rejects.toThrow(ProblemError);
  });

  test('that does not exist is said in a sentence', async () => {
    await expect(pool.open(freshAddress({ netns: 'labpath-none' }))).rejects.toThrow(
      /in the network namespace labpath-none of lab/,
    );
  });
});

function shellPid(session: object): number {
  if ('pid' in session && typeof session.pid === 'number') return session.pid;
  throw new Error('The session does not tell its pid.');
}

function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

test('A shell that is not ready in the time it was given is given up, with that time', async () => {
  const silent = await startSshd({ config: ['ForceCommand exec sleep 60'] });
  const impatient = poolOf(silent, { readyTimeoutMs: 300 });
  try {
    await expect(impatient.open(freshAddress())).rejects.toThrow(/No answer from bash on lab after 0\.3 s/);
  } finally {
    impatient.closeAll();
    await silent.stop();
  }
});
