import { existsSync, realpathSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/dispatch';
import { makeRunCommand } from '../../src/cli/run';
import { labDir } from '../../src/labs/labShell';
import { poolOf } from '../support/shell';
import { startSshd, type TestSshd } from '../support/sshd';
import { FakeIo, noteFolder } from './fakeIo';

const NOTE = `
\`\`\`bash {#state}
x=42; greet() { echo "hello $1"; }; cd /tmp
printf '\\033[31mred\\033[m\\n'
\`\`\`

\`\`\`bash {setup #prepare}
echo prepared > "$LAB_DIR/value"
\`\`\`

\`\`\`ini {file=$LAB_DIR/conf mode=0600}
a <b> $c
\`\`\`

\`\`\`bash {#kept expect-exit=3}
greet "$x"; pwd; (exit 3)
\`\`\`

\`\`\`bash {check #seen}
cat "$LAB_DIR/value" "$LAB_DIR/conf"
echo "\${x-unset}, $(pwd -P), $(stat -c %a "$LAB_DIR/conf")"
\`\`\`

\`\`\`console
$ echo two \\
> lines
two lines
\`\`\`

\`\`\`bash {#said}
printf '%s\\n' <what> "{{what}}"
\`\`\`

\`\`\`bash {#fails}
ls /nonexistent; false
\`\`\`

\`\`\`bash {#killed timeout=1s}
echo begin; sleep 30
\`\`\`

\`\`\`bash {cleanup #clean}
cat "$LAB_DIR/value"
\`\`\`
`;

let sshd: TestSshd;
let folder: ReturnType<typeof noteFolder>;
let io: FakeIo;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());
beforeEach(() => {
  folder = noteFolder(NOTE);
  io = new FakeIo(folder.dir);
});
afterEach(() => folder.remove());

const run = (...args: string[]) =>
  dispatch(['run', 'note.md', '--yes', '--json', ...args], io, [
    makeRunCommand(() => Promise.resolve(poolOf(sshd))),
  ]);
const home = realpathSync(userInfo().homedir);

it('runs a lab note over SSH: one session for its cells, clean shells for its roles, files, cleanup', async () => {
  const value = `a'b "$(id)" \\ ; é`;
  expect(await run('--all', '--set', `what=${value}`, '--keep-going')).toBe(1);
  const results = io.objects.map(({ cell, exitStatus, output }) => [cell, exitStatus, output]);
  expect(results).toEqual([
    ['prepare', 0, ''],
    [expect.stringMatching(/^cell-/), 0, ''],
    ['state', 0, '\x1b[31mred\x1b[m\n'],
    ['kept', 3, 'hello 42\n/tmp\n'],
    ['seen', 0, `prepared\na <b> $c\nunset, ${home}, 600\n`],
    [expect.stringMatching(/^cell-/), 0, 'two lines\n'],
    ['said', 0, `${value}\n${value}\n`],
    ['fails', 1, expect.stringContaining('/nonexistent')],
    ['killed', 130, expect.stringContaining('begin')],
  ]);
  expect(io.objects[3]?.where).toEqual({
    user: userInfo().username,
    host: hostname(),
    cwd: '/tmp',
    netns: null,
  });
  expect(io.objects.at(-1)?.signal).toBe('INT');

  const dir = labDir(join(folder.dir, 'note.md'));
  expect(existsSync(dir)).toBe(true);
  io.stdout = '';
  expect(await run('--cell', 'clean')).toBe(0);
  expect(io.objects).toMatchObject([{ cell: 'clean', output: 'prepared\n' }]);
  expect(existsSync(dir)).toBe(false);
});

it('says that a cell waits for what nobody can type here', async () => {
  folder.remove();
  folder = noteFolder('```bash {#asked timeout=6s}\nread -r answer\n```\n');
  io = new FakeIo(folder.dir);
  expect(await run('--all')).toBe(1);
  expect(io.stderr).toMatch(
    /in asked \(line 1\) waits for a line, and nothing can be typed .*; \^C ends it\.\n/,
  );
  expect(io.objects).toMatchObject([{ cell: 'asked', exitStatus: 130 }]);
});

it('^C reaches the command on the machine', async () => {
  const command = makeRunCommand(() => Promise.resolve(poolOf(sshd)));
  const status = command.run(['note.md', '--yes', '--cell', 'killed', 'state'], io);
  while (!io.stdout.includes('begin')) await new Promise((resolve) => setTimeout(resolve, 20));
  io.interrupt();
  expect(await status).toBe(130);
  expect(io.stdout).toContain('✗ killed: interrupted, exit status 130 (signal INT)');
});

it('a long output comes whole', async () => {
  folder.remove();
  folder = noteFolder('```bash {#long}\nseq 1 200000\n```\n');
  io = new FakeIo(folder.dir);
  expect(await run('--all')).toBe(0);
  const lines = String(io.objects[0]?.output).split('\n');
  expect([lines.length, lines.at(-2)]).toEqual([200_001, '200000']);
});
