import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeProblem } from '../../src/base/problem';
import { useShells } from '../support/sessions';
import { outcomeOf, statusOf } from '../support/shell';

const home = mkdtempSync(join(tmpdir(), 'labpath-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('A session opens in spite of start files', () => {
  const shells = useShells([`SetEnv HOME=${home}`]);
  const profile = (text: string): void => writeFileSync(join(home, '.bash_profile'), text);
  afterEach(() => rmSync(join(home, '.bash_profile'), { force: true }));

  test('what they set is there, and what they print is no output of a cell', async () => {
    profile('echo noise; printf "more noise"; export FROM_PROFILE=yes; alias hi="echo hi"\n');
    const shell = await shells.open({ profile: 'login' });
    expect(await shell.output('echo $FROM_PROFILE; hi')).toBe('yes\nhi\n');
    expect(shell.lateText).toBe('');
  });

  test('they may set prompts, traps and options', async () => {
    profile(
      'PS1="\\u\\n> "; PROMPT_COMMAND="echo prompt"; trap "echo dbg" DEBUG; set -o ignoreeof; stty -echo\n',
    );
    const shell = await shells.open({ profile: 'login' });
    expect(await shell.output('echo ok')).toBe('ok\n');
    expect(await shell.status('exit 3')).toBe(3);
  });

  test('one that ends the shell is told with what it printed', async () => {
    profile('echo this host is closed; exit 9\n');
    await expect(shells.open({ profile: 'login' })).rejects.toThrow(
      /ended before it was ready.*this host is closed/s,
    );
    expect(await (await shells.open({ profile: 'none' })).output('echo ok')).toBe('ok\n');
  });

  test('one that takes long, or a busy machine, is waited for, which is told', async () => {
    profile('echo loading; sleep 9\n');
    const told: string[] = [];
    const shell = await shells.open({
      profile: 'login',
      onSlow: (why) => told.push(describeProblem(why)),
    });
    expect(await shell.output('echo ok')).toBe('ok\n');
    expect(told).toEqual([
      expect.stringMatching(/not answered for 8 s\. It is still waited for\..*loading/s),
    ]);
  });

  test('one that waits for ever is given up with what it asked', async () => {
    profile('read -rp "Which project? " project\n');
    await expect(shells.open({ profile: 'login', readyTimeoutMs: 3000 })).rejects.toThrow(
      /after 3 s.*Which project\?/s,
    );
  });
});

describe('A session in a container', () => {
  const shells = useShells();
  const name = `labpath-test-${process.pid}`;
  const root = mkdtempSync(join(tmpdir(), 'labpath-root-'));
  let made = '';
  beforeAll(() => {
    for (const folder of ['proc', 'sys', 'dev', 'tmp', 'root', 'etc']) mkdirSync(join(root, folder));
    const folders = ['/usr', '/bin', '/lib', '/lib64'].filter((folder) => existsSync(folder));
    const mounts = folders.flatMap((folder) => ['--volume', `${folder}:${folder}:ro`]);
    const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1000:1000', '--network', 'none'];
    for (const flags of [[], ['--runtime', 'runc', '--cgroup-manager', 'cgroupfs']]) {
      const args = [...flags, 'run', '--detach', '--name', name, ...limits, ...mounts, '--rootfs', root];
      const run = spawnSync('podman', [...args, '/usr/bin/sleep', '900'], { encoding: 'utf8' });
      made = run.error?.message ?? (run.status === 0 ? '' : run.stderr);
      if (made === '') break;
      spawnSync('podman', ['rm', '--force', '--time', '0', name]);
    }
  });
  afterAll(() => {
    spawnSync('podman', ['rm', '--force', '--time', '0', name]);
    rmSync(root, { recursive: true, force: true });
  });

  test('runs its cells there, keeps its state, and stops what ignores ^C', async (context) => {
    if (made !== '') context.skip(`no container could be started: ${made}`);
    // An ordinary user's server may run in a user namespace, where podman keeps containers of its own.
    const seen = await (await shells.open()).run(`podman container exists ${name}`);
    if (statusOf(seen).exitStatus !== 0) context.skip('the server of this test does not see the container.');
    const shell = await shells.open({ place: { kind: 'container', name } });
    await shell.run('KEEP=1; cd /usr');
    const outcome = await shell.run('echo $KEEP; cat /proc/1/comm; tty >/dev/null && echo terminal');
    expect(outcome.text).toBe('1\nsleep\nterminal\n');
    expect(statusOf(outcome).where).toMatchObject({ cwd: '/usr' });
    const { outcome: stubborn } = await shell.start(
      `bash -c 'trap "" INT; echo up; sleep 30; sleep 30'`,
      'up',
    );
    await shell.session.interrupt();
    expect((await stubborn).end).toMatchObject({ type: 'status', signal: 'TERM' });
    // What is left of the cell is ended after its end is known.
    // A container whose first process is `sleep` reaps nothing, so that what was ended stays as a zombie.
    const left = 'n=$(ps -e -o stat= -o comm= | grep -c "^[^Z].*sleep")';
    const wait = `for _ in {1..50}; do ${left}; [ "$n" = 1 ] && break; sleep 0.1; done`;
    expect(await shell.output(`echo $KEEP; ${wait}; echo $n`)).toBe('1\n1\n');
  });

  test('is entered from a cell that opened a shell in it', async (context) => {
    if (made !== '') context.skip(`no container could be started: ${made}`);
    const shell = await shells.open();
    const seen = await shell.run(`podman container exists ${name}`);
    if (statusOf(seen).exitStatus !== 0) context.skip('the server of this test does not see the container.');
    await shell.run('OUTER=1; cd /usr');
    const run = shell.session.run({ source: `podman exec -it ${name} bash` });
    const outcome = outcomeOf(run);
    await expect
      .poll(() => shell.session.enter().then(() => 'entered', String), { timeout: 60_000, interval: 500 })
      .toBe('entered');
    expect((await outcome).end).toMatchObject({ type: 'entered', where: { inside: [{ cwd: '/usr' }] } });
    expect(await shell.output('cat /proc/1/comm; echo "<${OUTER-}>"')).toBe('sleep\n<>\n');
    expect(statusOf(await shell.run('exit 6'))).toMatchObject({ exitStatus: 6, shell: 'left' });
    expect(await shell.output('echo "<$OUTER>"')).toBe('<1>\n');
  });

  test('that does not exist is told with who was asked', async () => {
    await expect(shells.open({ place: { kind: 'container', name: 'labpath-none' } })).rejects.toThrow(
      /in the container labpath-none on lab.*There is no container or pod labpath-none \(asked: /s,
    );
  });
});

describe('A session in a network namespace', () => {
  const shells = useShells();
  const name = `labpath-test-${process.pid}`;
  let made = '';
  beforeAll(() => {
    const adding = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
    made = adding.error?.message ?? adding.stderr;
  });
  afterAll(() => {
    if (made === '') spawnSync('ip', ['netns', 'delete', name]);
  });

  test('runs its cells there and says so in every status', async (context) => {
    if (made !== '') context.skip(`no network namespace could be made: ${made}`);
    const shell = await shells.open({ place: { kind: 'netns', name } });
    const outcome = await shell.run('ip -o link | wc -l; KEEP=1');
    expect(statusOf(outcome).where.netns).toBe(name);
    expect(outcome.text).toBe('1\n');
    expect(await shell.status('exit 4')).toBe(4);
    const after = await shell.run('echo $KEEP');
    expect([after.text, statusOf(after).where.netns]).toEqual(['1\n', name]);
  });

  test('outside of any has none', async () => {
    const shell = await shells.open();
    expect(statusOf(await shell.run(':')).where.netns).toBeNull();
  });
});
