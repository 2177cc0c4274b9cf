import { describe, expect, test } from 'vitest';
import { ways, useShells } from '../support/sessions';

describe.each(ways)('What a cell leaves behind, the next one finds ($title)', (way) => {
  const shells = useShells([], way);

  test('directory, variables, functions, arrays, aliases and options persist', async () => {
    const shell = await shells.open();
    await shell.run(
      'cd /tmp; export E1=x; V=y; f(){ echo "f:$1"; }; a=(1 "2 3"); declare -A m=([k]=v); ' +
        'alias zz="echo ALIAS"; set -o pipefail; shopt -s nullglob',
    );
    expect(
      await shell.output(
        'pwd; bash -c "echo \\$E1"; echo $V; f q; echo "${a[1]}" ${m[k]}; zz; ' +
          'set -o | grep pipefail | tr -d " \\t"; shopt -q nullglob && echo nullglob',
      ),
    ).toBe('/tmp\nx\ny\nf:q\n2 3 v\nALIAS\npipefailon\nnullglob\n');
  });

  test('declare at the top level of a cell is global', async () => {
    const shell = await shells.open();
    await shell.run('declare Q1=7; declare -i N1=3; readonly RO1=9');
    expect(await shell.output('echo $Q1 $N1 $RO1')).toBe('7 3 9\n');
  });

  test('$? is that of the cell before', async () => {
    const shell = await shells.open();
    await shell.run('(exit 9)');
    expect(await shell.output('echo $?')).toBe('9\n');
  });

  test('a background job lives on while its cell returns, and can be waited for later', async () => {
    const shell = await shells.open();
    await shell.run('sleep 4 &');
    // Before bash 5.1 an interactive shell also says that the job is done.
    expect(await shell.output('jobs | grep -c sleep; wait; echo waited')).toMatch(
      /^1\n(\[1\].*\n)?waited\n$/,
    );
  });

  test('output of a background job changes no status', async () => {
    const shell = await shells.open();
    await shell.run('(for i in 1 2 3 4 5 6 7 8 9 10; do echo BG$i; sleep 0.05; done) &');
    for (let status = 0; status < 8; status++) {
      expect(await shell.status(`sleep 0.03; (exit ${status})`)).toBe(status);
    }
    await shell.run('wait');
  });

  test('output of a background job between cells is late output, without the echo of frames', async () => {
    const shell = await shells.open();
    await shell.run('(sleep 0.2; echo from behind) &');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await shell.output('echo next')).toBe('next\n');
    expect(shell.lateText).toContain('from behind\n');
    expect(shell.lateText).not.toContain('LP1');
  });

  test('traps persist, and an INT trap of the user is in force only while a cell runs', async () => {
    const shell = await shells.open();
    await shell.run(`trap 'echo usr1' USR1; trap 'echo int' INT`);
    expect(await shell.output('kill -USR1 $$')).toBe('usr1\n');
    expect(await shell.output('kill -INT $$; echo after')).toBe('int\nafter\n');
  });

  test('set -x persists without noise of the driver', async () => {
    const shell = await shells.open();
    await shell.run('set -x');
    const lines = (await shell.output('echo hi')).replace(/^\++ /gm, '+ ');
    expect(lines).toBe('+ echo hi\nhi\n');
  });

  test('the working directory of every status is exact, whatever its name', async () => {
    const shell = await shells.open();
    const name = '/tmp/labpath a;b%c\nd é\te';
    const outcome = await shell.run(`mkdir -p '${name}'; cd '${name}'`);
    expect(outcome.end).toMatchObject({ where: { cwd: name } });
    await shell.run(`cd /; rmdir '${name}'`);
  });

  test('450 cells in a row each report themselves (the driver starts its loop anew after 100)', async () => {
    const shell = await shells.open();
    for (let round = 0; round < 450; round++) {
      const outcome = await shell.run(`echo v${round}; (exit ${round % 200})`);
      expect([outcome.text, outcome.end]).toMatchObject([`v${round}\n`, { exitStatus: round % 200 }]);
    }
    expect(shell.lateText).toBe('');
  });
});
