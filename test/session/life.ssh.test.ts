import { describe, expect, test } from 'vitest';
import { ways, useShells } from '../support/sessions';
import { statusOf } from '../support/shell';

describe.each(ways)('A cell ends, the session does not ($title)', (way) => {
  const shells = useShells([], way);

  test('exit reports its status, says that the shell is new, and the state is still there', async () => {
    const shell = await shells.open();
    await shell.run('KEEP=1; g(){ echo G; }; cd /tmp; alias ll="echo LL"; IFS=x; shopt -s extglob');
    const outcome = await shell.run('exit 3; echo no');
    expect(statusOf(outcome)).toMatchObject({ exitStatus: 3, shell: 'restarted' });
    // Before bash 5.1 an interactive shell says so when it exits.
    expect(outcome.text).toBe(way.dispatch === 'typed' ? 'exit\n' : '');
    expect(await shell.output('echo $KEEP; g; ll; pwd; [[ aa == +(a) ]] && echo "<$IFS>"')).toBe(
      '1\nG\nLL\n/tmp\n<x>\n',
    );
  });

  test('set -e ends the cell at the first failure and not the session', async () => {
    const shell = await shells.open();
    await shell.run('KEEP=2');
    const outcome = await shell.run('set -e\necho a\nfalse\necho no');
    expect(outcome.text).toBe('a\n');
    expect(statusOf(outcome).exitStatus).toBe(1);
    expect(await shell.output('[[ $- == *e* ]] && echo still; set +e; echo $KEEP')).toBe('still\n2\n');
  });

  test('traps survive exit, and an EXIT trap runs', async () => {
    const shell = await shells.open();
    await shell.run(`trap 'echo bye' EXIT; trap 'echo usr1' USR1`);
    const outcome = await shell.run('exit 5');
    expect(outcome.text.replace(/^exit\n/, '')).toBe('bye\n');
    expect(statusOf(outcome).exitStatus).toBe(5);
    expect(await shell.output('kill -USR1 $$')).toBe('usr1\n');
  });

  test('a cell of 20 kB right after exit arrives whole', async () => {
    const shell = await shells.open();
    const lines = `${'y'.repeat(79)}\n`.repeat(250);
    for (let round = 0; round < 3; round++) {
      const exited = shell.run('exit 1');
      const counted = shell.output(`cat <<'EOF' | wc -c\n${lines}EOF`);
      await exited;
      expect((await counted).trim()).toBe('20000');
    }
  });

  test('readonly and ${x:?} errors do not end the session', async () => {
    const shell = await shells.open();
    await shell.run('readonly R=1; R=2; echo after');
    await shell.run('echo ${unset_:?nope}');
    expect(await shell.output('echo ok')).toBe('ok\n');
  });

  test('exec reports how the program ended and says that the shell is gone', async () => {
    const shell = await shells.open();
    const { end } = await shell.run('exec bash -c "exit 4"');
    expect(end).toMatchObject({ type: 'lost', exitStatus: 4, signal: null });
    expect(shell.session.alive).toBe(false);
  });

  test('kill -9 $$ is reported as lost, with its signal; the next run says that the session is gone', async () => {
    const shell = await shells.open();
    const { end, text } = await shell.run('echo before; kill -9 $$; sleep 1');
    expect(text).toBe('before\n');
    expect(end).toMatchObject({ type: 'lost', signal: 'KILL' });
    expect((await shell.run('echo no')).end).toMatchObject({ type: 'lost' });
  });

  test('break, continue and return at the top level do no harm', async () => {
    const shell = await shells.open();
    for (const source of ['break', 'continue', 'return 3']) {
      await shell.run(source);
      expect(await shell.output('echo ok')).toBe('ok\n');
    }
  });

  test.each([
    'set -u',
    'set -f',
    'IFS=x',
    'IFS=0123456789',
    'shopt -s failglob',
    'set -o noclobber',
    'export LC_ALL=C',
    'set -o posix',
    'LANG=xx',
    'set -k',
    'stty raw -echo',
    'printf(){ :; }; read(){ :; }; eval(){ echo no; }; jobs(){ echo J; }; PS1="foo> "',
    'alias printf=false read=false eval=false trap=false local=false',
    'trap "DBG=1" DEBUG',
    'PROMPT_COMMAND="X=1"',
    'unset PROMPT_COMMAND EPOCHREALTIME',
    'exec </dev/null',
    'd=$(mktemp -d); cd "$d"; rmdir "$d"',
  ])('after %j the session still reports', async (source) => {
    const shell = await shells.open();
    await shell.run(source);
    expect(await shell.output('echo ok')).toBe('ok\n');
    expect(await shell.output('{ echo braces; }')).toBe('braces\n');
    expect(await shell.status('(exit 7)')).toBe(7);
    expect(await shell.status('exit 6')).toBe(6);
    expect(await shell.output('echo again')).toBe('again\n');
  });

  test('POSIX mode outlives "exit"', async () => {
    const shell = await shells.open();
    expect(await shell.status('set -o posix; exit 6')).toBe(6);
    expect(await shell.status('shopt -qo posix')).toBe(0);
  });

  test('TMOUT does not end an idle session', async () => {
    const shell = await shells.open();
    await shell.run('TMOUT=1');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await shell.output('echo ok')).toBe('ok\n');
  });

  test('a redirected shell still reports statuses', async () => {
    const shell = await shells.open();
    await shell.run('exec >/dev/null 2>&1');
    expect(await shell.output('echo unseen')).toBe('');
    expect(await shell.status('false')).toBe(1);
    await shell.run('exec >/dev/tty 2>&1');
    expect(await shell.output('echo back')).toBe('back\n');
  });
});
