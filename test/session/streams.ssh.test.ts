import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedFolder } from '../support/sharedFolder';
import { ways, useShells, type TestShell } from '../support/sessions';
import { outcomeOf, pause, statusOf, type Outcome } from '../support/shell';

const dir = sharedFolder('streams');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const apart = (shell: TestShell, source: string): Promise<Outcome> =>
  outcomeOf(shell.session.run({ source, separateStreams: true }));

describe.each(ways)('With separate streams ($title)', (way) => {
  const shells = useShells([], way);

  test('stdout and stderr come apart, without a terminal, in the same shell', async () => {
    const shell = await shells.open();
    await shell.run('KEEP=1; cd /tmp');
    const outcome = await apart(
      shell,
      'echo out $KEEP; echo err >&2; [ -t 1 ] || echo pipe; printf x; N=2; (exit 3)',
    );
    expect([
      outcome.of('stdout').toString(),
      outcome.of('stderr').toString(),
      outcome.of('terminal').toString(),
    ]).toEqual(['out 1\npipe\nx', 'err\n', '']);
    expect(statusOf(outcome)).toMatchObject({ exitStatus: 3, where: { cwd: '/tmp' }, shell: 'kept' });
    expect(await shell.output('echo $N')).toBe('2\n');
  });

  test('both are exact: binary, CR LF, megabytes', async () => {
    const shell = await shells.open();
    const [out, err] = [randomBytes(3_000_000), randomBytes(300_000)];
    writeFileSync(join(dir, 'out'), out);
    writeFileSync(join(dir, 'err'), err);
    const outcome = await apart(shell, `cat ${dir}/out; cat ${dir}/err >&2`);
    expect(outcome.of('stdout').equals(out)).toBe(true);
    expect(outcome.of('stderr').equals(err)).toBe(true);
  });

  test('every cell has all of its output before its end, also those that exit or do not parse', async () => {
    const shell = await shells.open();
    for (let round = 0; round < 20; round++) {
      const outcome = await apart(shell, `seq ${round * 50}; echo e${round} >&2`);
      expect(outcome.of('stdout').toString().split('\n').length - 1).toBe(round * 50);
      expect(outcome.of('stderr').toString()).toBe(`e${round}\n`);
    }
    const exited = await apart(shell, 'echo last; exit 4');
    expect([exited.of('stdout').toString(), statusOf(exited)]).toMatchObject([
      'last\n',
      { exitStatus: 4, shell: 'restarted' },
    ]);
    const broken = await apart(shell, 'echo "');
    expect([broken.of('stdout').toString(), statusOf(broken).exitStatus]).toEqual(['', 2]);
    expect(broken.of('stderr').toString()).toMatch(/unexpected EOF/);
  });

  test('imitated marks stay output', async () => {
    const shell = await shells.open();
    const forged = '\x1b]8471;e;deadbeef\x07\x1b]8471;E;x;0;1,2;;/\x07';
    writeFileSync(join(dir, 'forged'), forged);
    const outcome = await apart(shell, `cat ${dir}/forged; cat ${dir}/forged >&2; false`);
    expect([outcome.of('stdout').toString('latin1'), outcome.of('stderr').toString('latin1')]).toEqual([
      forged,
      forged,
    ]);
    expect(statusOf(outcome).exitStatus).toBe(1);
  });

  test('an interrupt stops a flood, and a slow reader makes the program wait', async () => {
    const shell = await shells.open();
    const run = shell.session.run({ source: 'yes', separateStreams: true });
    await pause(1000);
    await shell.session.interrupt();
    const { end, bytes } = await outcomeOf(run);
    expect(end).toMatchObject({ type: 'status', exitStatus: 130 });
    expect(bytes.length).toBeLessThan(20_000_000);
    expect(await shell.output('echo ok')).toBe('ok\n');
  });

  test('a password prompt still stands on the terminal', async () => {
    const shell = await shells.open();
    const outcome = apart(shell, 'read -rsp "Password: " p </dev/tty 2>/dev/tty; echo ${#p}');
    await pause(500);
    shell.type('secret\n');
    expect((await outcome).of('stdout').toString()).toBe('6\n');
    expect((await outcome).of('terminal').toString()).toContain('Password:');
    expect((await outcome).of('terminal').toString()).not.toContain('secret');
  });

  test('output of a background job that outlives its cell is late output', async () => {
    const shell = await shells.open();
    const outcome = await apart(shell, '(sleep 0.5; echo behind) & echo now');
    expect(outcome.of('stdout').toString()).toBe('now\n');
    await expect.poll(() => shell.lateText, { timeout: 5000 }).toBe('behind\n');
  });

  test('a cell that removes the pipes ends all the same, and the next one gets new ones', async () => {
    const shell = await shells.open();
    const first = await apart(shell, 'echo "$__labpath_pipes"; rm -rf "$__labpath_pipes"');
    expect(statusOf(first).exitStatus).toBe(0);
    expect((await apart(shell, 'echo again')).of('stdout').toString()).toBe('again\n');
  });

  test('nothing of it stays on the far side when the session is closed', async () => {
    const shell = await shells.open();
    const folder = (await apart(shell, 'echo "$__labpath_pipes"')).text.trim();
    expect(existsSync(join(folder, 'o'))).toBe(true);
    shell.session.close();
    await expect.poll(() => existsSync(folder), { timeout: 30_000 }).toBe(false);
  });
});

describe('On a server with one session a connection', () => {
  const shells = useShells(['MaxSessions 1']);

  test('separate streams come over a second connection', async () => {
    const shell = await shells.open();
    expect((await apart(shell, 'echo one; echo two >&2')).of('stderr').toString()).toBe('two\n');
  });
});
