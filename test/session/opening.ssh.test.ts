import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useShells } from '../support/sessions';
import { statusOf } from '../support/shell';

const home = mkdtempSync(join(tmpdir(), 'labpath-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('A session opens in spite of start files', () => {
  const shells = useShells('auto', [`SetEnv HOME=${home}`]);
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

  test('one that waits is told after eight seconds', async () => {
    profile('read -rp "Which project? " project\n');
    await expect(shells.open({ profile: 'login' })).rejects.toThrow(/after 8 s.*Which project\?/s);
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
