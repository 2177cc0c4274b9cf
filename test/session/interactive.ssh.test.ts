import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedFolder } from '../support/sharedFolder';
import { ways, useShells } from '../support/sessions';
import { outcomeOf, pause, statusOf } from '../support/shell';

describe.each(ways)('A program of a cell has a terminal and a user ($title)', (way) => {
  const shells = useShells([], way);

  test('stdin, stdout and stderr are a terminal', async () => {
    const shell = await shells.open();
    expect(await shell.output('[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo tty')).toBe('tty\n');
  });

  test('read gets what is typed, echoed as a terminal does', async () => {
    const shell = await shells.open();
    const { outcome } = await shell.start('read -rp "name? " x; echo "got:$x"', 'name?');
    shell.type('bob\n');
    expect((await outcome).text).toBe('name? bob\ngot:bob\n');
  });

  test('what is typed before the cell began is not lost', async () => {
    const shell = await shells.open();
    const outcome = outcomeOf(shell.session.run({ source: 'read -r x; echo "got:$x"' }));
    shell.type('early\n');
    expect((await outcome).text).toContain('got:early\n');
  });

  test('a password is not shown', async () => {
    const shell = await shells.open();
    const { outcome } = await shell.start('read -rsp "Password: " p; echo; echo ${#p}', 'Password:');
    shell.type('secret\n');
    const { text } = await outcome;
    expect(text).toBe('Password: \n6\n');
  });

  test('what is typed and not read is never executed as a command', async () => {
    const dir = sharedFolder('type');
    const shell = await shells.open();
    const { outcome } = await shell.start('sleep 0.4');
    shell.type(`touch ${dir}/a\n`);
    // Even what looks like one of our frames: it does not hold the session's key.
    shell.type(`\n\x02LP1;RX;touch ${dir}/b\x1e`);
    await outcome;
    expect(await shell.output('echo ok')).toBe('ok\n');
    await pause(200);
    const ran = [existsSync(join(dir, 'a')), existsSync(join(dir, 'b'))];
    rmSync(dir, { recursive: true });
    expect(ran).toEqual([false, false]);
  });

  test('a Python prompt works', async () => {
    // Since 3.13 it draws its line itself, as vi draws the screen below; the plain one is what reads lines.
    const shell = await shells.open();
    const { outcome } = await shell.start('PYTHON_BASIC_REPL=1 /usr/bin/env python3 -q', '>>>');
    shell.type('print(6*7)\nexit()\n');
    expect((await outcome).text).toMatch(/^42$/m);
  });

  test('less and top draw the screen and leave on q', async () => {
    const shell = await shells.open();
    for (const program of ['less /etc/passwd', 'TERM=xterm top']) {
      const { outcome } = await shell.start(program, '\x1b[');
      await pause(300);
      shell.type('q');
      expect(statusOf(await outcome).exitStatus).toBe(0);
    }
  });

  test('vim edits a file', async (context) => {
    if (spawnSync('vi', ['--version']).error !== undefined) context.skip('vi (vim-tiny) is not installed');
    const dir = sharedFolder('vim');
    const shell = await shells.open();
    const { outcome } = await shell.start(`TERM=xterm vi -u NONE -N -n ${dir}/note`, '\x1b[?1049h');
    await pause(300);
    shell.type('ifirst\nsecond\x1b');
    // Esc alone begins no sequence of a key once a moment has passed.
    await pause(1200);
    shell.type('kdd:wq\n');
    expect(statusOf(await outcome).exitStatus).toBe(0);
    expect(await shell.output(`cat ${dir}/note`)).toBe('second\n');
    rmSync(dir, { recursive: true });
  });

  test('a new size reaches the program', async () => {
    const shell = await shells.open();
    shell.session.resize(132, 40);
    await pause(150);
    expect(await shell.output('stty size')).toBe('40 132\n');
  });

  test('^Z stops the program, and its job can be continued or ended', async () => {
    const shell = await shells.open();
    const { outcome } = await shell.start('sleep 30');
    await pause(200);
    shell.type('\x1a');
    expect(statusOf(await outcome)).toMatchObject({ exitStatus: 148, signal: 'TSTP' });
    expect(await shell.output('jobs | grep -c Stopped; kill %%; fg; true')).toMatch(/^1\n/);
  });

  test('what is typed while no cell runs is dropped', async () => {
    const shell = await shells.open();
    shell.type('echo no\n');
    expect(await shell.output('echo ok')).toBe('ok\n');
  });
});
