import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Front, RunEvent, Where } from '../../src/runs/contract';
import { ways, useShells, type TestShell } from '../support/sessions';
import { outcomeOf, statusOf } from '../support/shell';
import { killConnections, startSshd, type TestSshd } from '../support/sshd';

/** Starts a cell and resolves with the first program that was seen in front and can be entered. */
async function opened(
  shell: TestShell,
  source: string,
): Promise<{ front: Front; outcome: ReturnType<typeof outcomeOf> }> {
  const seen: Front[] = [];
  const run = shell.session.run({ source });
  async function* watched(): AsyncGenerator<RunEvent> {
    for await (const event of run) {
      if (event.type === 'front') seen.push(event.front);
      yield event;
    }
  }
  const outcome = outcomeOf(watched());
  await expect.poll(() => seen.some(({ shell: isShell }) => isShell), { timeout: 15_000 }).toBe(true);
  return { front: seen.find(({ shell: isShell }) => isShell) as Front, outcome };
}

async function entered(shell: TestShell, source: string): Promise<Where> {
  const { outcome } = await opened(shell, source);
  await shell.session.enter();
  const { end } = await outcome;
  if (end.type !== 'entered') throw new Error(`It ended as ${end.type}.`);
  return end.where;
}

describe.each(ways)('A shell that a cell opened ($title)', (way) => {
  const shells = useShells([], way);

  test('is seen, entered, keeps its own state, and exit comes back to the one around it', async () => {
    const shell = await shells.open();
    await shell.run('OUTER=1; cd /usr');
    const { front, outcome } = await opened(shell, 'bash --norc');
    expect(front).toEqual({ program: 'bash', waitsFor: 'keys', shell: true });
    await shell.session.enter();
    const { end, text } = await outcome;
    expect(end).toMatchObject({ type: 'entered', where: { cwd: '/usr', inside: [{ cwd: '/usr' }] } });
    expect(text).not.toContain('stty');
    const inner = await shell.run('echo "<$OUTER>"; INNER=2; cd /tmp');
    expect(inner.text).toBe('<>\n');
    expect(inner.end).toMatchObject({ exitStatus: 0, where: { cwd: '/tmp', inside: [{ cwd: '/usr' }] } });
    expect(await shell.output('echo "<$INNER>"')).toBe('<2>\n');
    expect(statusOf(await shell.run('exit 5'))).toMatchObject({ exitStatus: 5, shell: 'left' });
    const back = await shell.run('echo "<$OUTER$INNER>"');
    expect(back.text).toBe('<1>\n');
    expect(back.end).toMatchObject({ where: { cwd: '/usr' } });
    expect(back.end).not.toHaveProperty('where.inside');
  });

  test('can be entered from one that was entered, and interrupted in', async () => {
    const shell = await shells.open();
    await entered(shell, 'bash --norc');
    // What is in front is not looked up in there: a process id may be one of another machine.
    const run = outcomeOf(shell.session.run({ source: 'cd /; sh' }));
    await new Promise((resolve) => setTimeout(resolve, 800));
    await shell.session.enter();
    expect((await run).end).toMatchObject({ type: 'entered', where: { cwd: '/' } });
    const { outcome } = await shell.start('echo up; sleep 60', 'up');
    await shell.session.interrupt();
    expect((await outcome).end).toMatchObject({ type: 'status', exitStatus: 130 });
    expect(statusOf(await shell.run('exit')).where.inside).toHaveLength(2);
    expect(statusOf(await shell.run('exit')).where.inside).toHaveLength(1);
    expect(statusOf(await shell.run('true')).where).not.toHaveProperty('inside');
  });

  test('that is killed takes its cell with it, and the next cell runs in the one around it', async () => {
    const shell = await shells.open();
    await shell.run('OUTER=1');
    await entered(shell, 'bash --norc');
    const killed = await shell.run('echo before; kill -9 $$');
    expect(killed.end).toMatchObject({ type: 'lost', cause: 'shell' });
    // Before bash 5.1 the shell around it says “Killed”.
    expect(killed.text).toMatch(/^before\n/);
    expect(await shell.output('echo $OUTER')).toBe('1\n');
  });

  test('runs the rest of the cell that opened it when it is left, before the next cell', async () => {
    const shell = await shells.open();
    await entered(shell, 'bash --norc; AFTER=$?; sleep 0.5; LATER=1');
    await shell.run('exit 7');
    expect(await shell.output('echo $AFTER $LATER')).toBe('7 1\n');
  });

  test('that ignores ^C in a loop is killed, and the session lives', async () => {
    const shell = await shells.open();
    await shell.run('OUTER=1');
    await entered(shell, 'bash --norc');
    const { outcome } = await shell.start('trap "" INT TERM; echo up; while :; do :; done', 'up');
    await shell.session.interrupt();
    expect((await outcome).end.type).toBe('lost');
    expect(await shell.output('echo $OUTER')).toBe('1\n');
  });
});

describe('A shell on another host', () => {
  const shells = useShells();
  let other: TestSshd;
  beforeAll(async () => {
    other = await startSshd();
  });
  afterAll(() => other.stop());

  test('is entered through ssh, keeps its state, and is lost alone when its connection is', async () => {
    const login = `ssh -F none -i ${other.identityFile} -o UserKnownHostsFile=${other.knownHostsFile} -o IdentityAgent=none`;
    const shell = await shells.open();
    await shell.run('OUTER=1; cd /usr');
    const where = await entered(shell, `${login} -p ${other.port} ${other.user}@127.0.0.1`);
    expect(where.inside).toMatchObject([{ cwd: '/usr' }]);
    // The server of that connection, and not the one of the session around it.
    expect(await shell.output('echo "$OUTER:${SSH_CONNECTION##* }"; INNER=2')).toBe(`:${other.port}\n`);
    expect(await shell.status('(exit 9)')).toBe(9);
    expect(await shell.output('echo $INNER')).toBe('2\n');
    expect(statusOf(await shell.run('exit 4'))).toMatchObject({ exitStatus: 4, shell: 'left' });
    expect(await shell.output('echo $OUTER; pwd')).toBe('1\n/usr\n');
    await entered(shell, `${login} -p ${other.port} ${other.user}@127.0.0.1`);
    const { outcome } = await shell.start('echo up; sleep 60', 'up');
    killConnections(other.pid);
    expect((await outcome).end).toMatchObject({ type: 'lost', cause: 'shell' });
    expect(await shell.output('echo $OUTER')).toBe('1\n');
  });
});

describe('What waits in front', () => {
  const shells = useShells();
  async function frontOf(source: string): Promise<Front | null> {
    const shell = await shells.open();
    for await (const event of shell.session.run({ source })) {
      if (event.type === 'front') return event.front;
    }
    return null;
  }

  test.each([
    ['read -r x', 'line'],
    ['read -rsp "Password: " x', 'secret'],
    ['less /etc/passwd', 'keys'],
    ['cat', 'line'],
  ] as const)('%s waits for: %s', async (source, waitsFor) => {
    expect(await frontOf(source)).toMatchObject({ waitsFor, shell: false });
  });

  test('a script in bash is no shell to enter', async () => {
    expect(await frontOf('bash -c "sleep 2; :"')).toMatchObject({ waitsFor: null, shell: false });
  });

  test('a program that is no shell stays as it was when somebody tries to enter it', async () => {
    const shell = await shells.open({ readyTimeoutMs: 8000 });
    const { outcome } = await shell.start('echo up; sleep 30', 'up');
    await expect(shell.session.enter()).rejects.toThrow(/was not entered/);
    await shell.session.interrupt();
    expect((await outcome).end).toMatchObject({ type: 'status', exitStatus: 130 });
    expect(await shell.output('echo ok')).toBe('ok\n');
  });

  test('without a running cell there is nothing to enter', async () => {
    const shell = await shells.open();
    await expect(shell.session.enter()).rejects.toThrow(/no shell to enter/);
  });

  test('that was none, and ends the cell, loses none of its output', async () => {
    const shell = await shells.open();
    const { outcome } = await shell.start('echo up; read -r line; echo "read ${#line}"', 'up');
    await expect(shell.session.enter()).rejects.toThrow(/was not entered.*The cell ended/s);
    const { end, text } = await outcome;
    expect(end).toMatchObject({ type: 'status', exitStatus: 0 });
    expect(text).toMatch(/\nread \d+\n$/);
  });
});

describe('A shell in a network namespace', () => {
  const shells = useShells();
  const name = `labpath-nested-${process.pid}`;
  let made = '';
  beforeAll(() => {
    const adding = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
    made = adding.error?.message ?? adding.stderr;
  });
  afterAll(() => {
    if (made === '') spawnSync('ip', ['netns', 'delete', name]);
  });

  test('says so in the breadcrumb', async (context) => {
    if (made !== '') context.skip(`no network namespace could be made: ${made}`);
    const shell = await shells.open();
    expect(await entered(shell, `ip netns exec ${name} bash`)).toMatchObject({
      netns: name,
      inside: [{ netns: null }],
    });
    expect(await shell.output('ip -o link | wc -l')).toBe('1\n');
  });
});
