import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashVersion } from '../support/otherBash';
import { sharedFolder } from '../support/sharedFolder';
import { ways, useShells, type TestShell } from '../support/sessions';
import { outcomeOf, pause, statusOf, type Outcome } from '../support/shell';

let dir: string;
beforeAll(() => {
  dir = sharedFolder('interrupt');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Starts a cell, interrupts it once it has printed `mark`, and gives its end. */
async function interrupted(shell: TestShell, source: string, mark = ''): Promise<Outcome> {
  const { outcome } = await shell.start(source, mark);
  await pause(100);
  await shell.session.interrupt();
  return outcome;
}

describe.each(ways)('An interrupt stops the cell and keeps the session ($title)', (way) => {
  const shells = useShells([], way);

  test.each([
    ['sleep', 'sleep 60'],
    ['a busy loop', 'while :; do :; done'],
    ['a loop of programs', 'for i in 1 2 3 4 5 6; do sleep 2; echo $i; done'],
    ['a pipeline', 'yes | cat > /dev/null'],
    ['a flood', 'yes'],
  ])('%s ends at once with the status of an interrupt', async (_name, source) => {
    const shell = await shells.open();
    await shell.run('KEEP=5; f(){ echo F; }');
    // That ^C did it, and nothing harder, is what makes it quick.
    const { end } = await interrupted(shell, source);
    // What bash itself says of a loop without a program in it is 128 before 4.3.
    const status =
      source.startsWith('while') && bashVersion() < 4.3
        ? { exitStatus: 128, signal: null }
        : { exitStatus: 130, signal: 'INT' };
    expect(end).toMatchObject({ type: 'status', ...status, shell: 'kept' });
    expect(await shell.output('echo $KEEP; f')).toBe('5\nF\n');
  });

  test('nothing behind the interrupted line runs', async () => {
    const shell = await shells.open();
    await interrupted(shell, `sleep 30\ntouch ${dir}/ran`);
    await pause(200);
    expect(readdirSync(dir)).not.toContain('ran');
  });

  test('a program that ignores ^C gets TERM, and the state is kept', async () => {
    const shell = await shells.open();
    await shell.run('KEEP=9');
    const { end } = await interrupted(
      shell,
      `bash -c 'trap "" INT; echo up; for i in {1..20}; do sleep 1; done'`,
      'up',
    );
    expect(end).toMatchObject({ type: 'status', exitStatus: 143, signal: 'TERM', shell: 'kept' });
    expect(await shell.output('echo $KEEP')).toBe('9\n');
  });

  test('a program that ignores ^C and TERM is killed', async () => {
    const shell = await shells.open();
    const source = `bash -c 'trap "" INT TERM; echo up; while :; do sleep 1; done'`;
    const { end } = await interrupted(shell, source, 'up');
    expect(end).toMatchObject({ type: 'status', exitStatus: 137, signal: 'KILL', shell: 'kept' });
  });

  test('a shell loop that ignores ^C takes its session with it, and that is said', async () => {
    const shell = await shells.open();
    const { end } = await interrupted(shell, 'trap "" INT TERM; echo up; while :; do :; done', 'up');
    expect(end).toMatchObject({ type: 'lost' });
    expect(shell.session.alive).toBe(false);
  });

  test('grandchildren of the cell are dead afterwards', async () => {
    const shell = await shells.open();
    const source = `bash -c 'sleep 301 & bash -c "sleep 302; :" & echo up; wait'`;
    await interrupted(shell, source, 'up');
    await expect.poll(() => processesOf(shell.session.pid), { timeout: 5000 }).toEqual([]);
  });

  test('a cell that changed PROMPT_COMMAND is interrupted, and the session recovers', async () => {
    const shell = await shells.open();
    const { end } = await interrupted(shell, 'PROMPT_COMMAND="X=1"; echo up; sleep 20', 'up');
    expect(end.type).toBe('status');
    expect(await shell.output('echo ok')).toBe('ok\n');
  });

  test('vim is ended and the terminal is sane again', async () => {
    const shell = await shells.open();
    const { outcome } = await shell.start(`vim -N -u NONE ${dir}/text`, '~');
    await shell.session.interrupt();
    await outcome;
    expect(await shell.output('stty -a | grep -o " echo "')).toBe(' echo \n');
  });

  test('a cell that takes longer than its timeout is interrupted and says so', async () => {
    const shell = await shells.open();
    const outcome = await outcomeOf(shell.session.run({ source: 'echo a; sleep 30', timeoutMs: 300 }));
    expect(statusOf(outcome)).toMatchObject({ exitStatus: 130, timedOut: true });
    expect(outcome.text).toMatch(/^a\n\^C\n?$/);
  });

  test('an interrupt before the cell began waits for it; without a cell it does nothing', async () => {
    const shell = await shells.open();
    await shell.session.interrupt();
    const outcome = outcomeOf(shell.session.run({ source: 'sleep 20' }));
    await shell.session.interrupt();
    expect((await outcome).end).toMatchObject({ exitStatus: 130 });
  });

  test('a storm of ^C loses neither a cell nor the state', async () => {
    const shell = await shells.open();
    await shell.run('KEEP=42');
    const sources = [
      'sleep 0.02',
      ':',
      'for i in 1 2 3 4 5; do /bin/true; done',
      'i=0; while ((i<9000)); do ((i++)); done',
    ];
    for (let round = 0; round < 80; round++) {
      const outcome = shell.run(sources[round % sources.length] ?? ':');
      for (let burst = 0; burst <= round % 3; burst++) {
        setTimeout(() => shell.type('\x03'), (round * 7 + burst * 5) % 25);
      }
      expect((await outcome).end.type).toBe('status');
    }
    await pause(50);
    expect(await shell.output('echo $KEEP')).toBe('42\n');
  });

  test('a slow reader makes the program wait, and an interrupt still gets through', async () => {
    const shell = await shells.open();
    const run = shell.session.run({ source: 'yes' });
    await pause(1500);
    await shell.session.interrupt();
    const { end, bytes } = await outcomeOf(run);
    expect(end).toMatchObject({ exitStatus: 130 });
    expect(bytes.length).toBeGreaterThan(500_000);
    expect(bytes.length).toBeLessThan(8_000_000);
    expect(await shell.output('echo ok')).toBe('ok\n');
  });
});

/** Command lines of the living processes of a terminal's session, without its shell. */
function processesOf(shellPid: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== shellPid)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return session === String(shellPid) && state !== 'Z';
      } catch {
        return false;
      }
    })
    .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
}
