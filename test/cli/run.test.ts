import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/dispatch';
import { makeRunCommand } from '../../src/cli/run';
import type { FakeRun } from '../runs/fakeSessions';
import { FakeSessions, settle } from '../runs/fakeSessions';
import { FakeIo, noteFolder } from './fakeIo';

class Sessions extends FakeSessions {
  closed = 0;
  closeAll(): void {
    this.closed++;
  }
}

const NOTE = [
  '---\nhost: box\n---',
  '```bash {#good}\necho good\n```',
  '```bash {#fails}\nfalse\n```',
  '```bash {#late name="the last"}\necho late\n```',
  '```bash {#asks}\nip -n <ns> link\n```',
  '```bash {#shut}\nls',
].join('\n');

let folder: ReturnType<typeof noteFolder>;
let io: FakeIo;
let sessions: Sessions;
beforeEach(() => {
  folder = noteFolder(NOTE);
  io = new FakeIo(folder.dir);
  sessions = new Sessions();
  sessions.script = (run: FakeRun) => {
    const fails = run.request.source === 'false';
    run.print(fails ? '\x1b[31mno\x1b[m' : `ran ${run.request.source}\n`);
    run.exit(fails ? 3 : 0);
  };
});
afterEach(() => folder.remove());

const run = (...args: string[]) =>
  dispatch(['run', 'note.md', ...args], io, [makeRunCommand(() => Promise.resolve(sessions))]);

describe('labpath run in a pipe', () => {
  it('prints each line as it was left, without colours and without what a terminal would be told', async () => {
    io.isTerminal = false;
    sessions.script = (one) => {
      one.print('\x1b[32m 10 %\r100 %\x1b[m\nlast');
      one.exit(0);
    };
    expect(await run('--cell', 'good', '--yes')).toBe(0);
    expect(io.stdout).toBe('▶ good, line 4\n100 %\nlast\n✓ good: exit status 0, 7 ms, root@lab:/root\n');
  });

  it('keeps colours for those who force them', async () => {
    io.isTerminal = false;
    io.env.FORCE_COLOR = '1';
    sessions.script = (one) => {
      one.print('\x1b[32mok\x1b[m\n');
      one.exit(0);
    };
    await run('--cell', 'good', '--yes');
    expect(io.stdout).toContain('\x1b[38;5;2mok\x1b[m\n');
  });
});

describe('labpath run --json', () => {
  it('prints one object a line, stops at the first unexpected status, and says the rest on stderr', async () => {
    expect(await run('--all', '--yes', '--json')).toBe(1);
    const where = { user: 'root', host: 'lab', cwd: '/root', netns: null };
    expect(io.objects).toEqual([
      { cell: 'good', exitStatus: 0, signal: null, durationMs: 7, output: 'ran echo good\n', where },
      { cell: 'fails', exitStatus: 3, signal: null, durationMs: 7, output: '\x1b[31mno\x1b[m', where },
    ]);
    expect(io.stderr).toBe(
      [
        'skipped asks (line 13): Its placeholder <ns> has no value.',
        'skipped shut (line 16): The fence that opens on line 16 never closes.',
        'not run late (line 10): a cell before it did not end as expected.',
        '',
      ].join('\n'),
    );
    expect(sessions.closed).toBe(1);
  });

  it('keeps going when asked; the exit status still tells', async () => {
    expect(await run('--all', '--yes', '--json', '--keep-going')).toBe(1);
    expect(io.objects.map(({ cell }) => cell)).toEqual(['good', 'fails', 'late']);
  });

  it('runs the named cells in the order named, by id or name, and exits 0 when all went well', async () => {
    expect(await run('--cell', 'the last', 'good', '--yes', '--json')).toBe(0);
    expect(io.objects.map(({ cell }) => cell)).toEqual(['late', 'good']);
  });

  it('fills placeholders, quoted', async () => {
    expect(await run('--cell', 'asks', '--set', 'ns=a b;c', '--yes', '--json')).toBe(0);
    expect(sessions.last.request.source).toBe('ip -n a\\ b\\;c link');
  });

  it('gives cells the first choice of the note’s lab_vars, or what --set says', async () => {
    writeFileSync(
      join(folder.dir, 'note.md'),
      '---\nlab_vars: [PORT=8080-8090]\n---\n```bash {#reads}\necho $PORT\n```\n```bash {#asks}\necho <PORT>\n```',
    );
    const sent = () => sessions.runs.map(({ request }) => request.source);
    expect(await run('--all', '--yes', '--json')).toBe(0);
    expect(sent()).toEqual(['export PORT=8080; echo $PORT', 'export PORT=8080; echo 8080']);
    expect(await run('--all', '--set', 'PORT=9', '--yes', '--json')).toBe(0);
    expect(sent().slice(2)).toEqual(['export PORT=9; echo $PORT', 'export PORT=9; echo 9']);
    expect(io.stderr).toBe('');
  });

  it('asks about lab_vars with the code, and judges its lines with them', async () => {
    writeFileSync(
      join(folder.dir, 'note.md'),
      '---\nhost: box\nlab_vars: [UNIT=ssh]\n---\n```bash {#stops}\nsystemctl stop "$UNIT"\n```',
    );
    expect(await run('--cell', 'stops', '--yes')).toBe(1);
    expect(io.stderr).toMatch(/line 6 .*\(box\): systemctl stop/);
    await run('--cell', 'stops');
    expect(io.stderr).toContain('will run on box, with UNIT=ssh:\n');
    expect(sessions.runs).toEqual([]);
  });

  it('gives all that was written, not what a screen would keep, and decodes across chunks', async () => {
    sessions.script = (one) => {
      const bytes = new TextEncoder().encode('x\rä\n'.repeat(20_000));
      one.emit({ type: 'output', stream: 'terminal', bytes: bytes.subarray(0, 3) });
      one.emit({ type: 'output', stream: 'terminal', bytes: bytes.subarray(3) });
      one.exit(0);
    };
    await run('--cell', 'good', '--yes', '--json');
    expect(io.objects[0]?.output).toBe('x\rä\n'.repeat(20_000));
  });

  it('has no status for a cell that never ran, but a sentence', async () => {
    sessions.failure = new Error('no route');
    expect(await run('--cell', 'good', '--yes', '--json')).toBe(1);
    expect(io.objects).toMatchObject([{ cell: 'good', exitStatus: null, where: null, output: '' }]);
    expect(io.objects[0]?.problem).toContain('no route');
  });
});

describe('labpath run for people', () => {
  it('shows output as it comes and an outcome behind each cell', async () => {
    await run('--cell', 'good', 'fails', '--yes');
    expect(io.stdout).toBe(
      [
        '▶ good, line 4',
        'ran echo good',
        '✓ good: exit status 0, 7 ms, root@lab:/root',
        '▶ fails, line 7',
        '\x1b[31mno\x1b[m\x1b[0m',
        '✗ fails: exit status 3, 7 ms, root@lab:/root',
        '',
      ].join('\n'),
    );
  });

  it('lets no escape through that reaches beyond colours', async () => {
    io.env.NO_COLOR = '1';
    sessions.script = (one) => {
      one.print('\x1b]52;c;eA==\x07\x1b[31mred\n');
      one.exit(0);
    };
    await run('--cell', 'good', '--yes');
    expect(io.stdout).toContain('\nred\n');
    expect(io.stdout).not.toContain('\x1b');
  });

  it('shows what the note and the far side name without obeying it', async () => {
    sessions.failure = new Error('\x1b]0;title\x07 \u202egnp');
    await run('--cell', 'good', '--yes');
    expect(io.stdout).toContain('‹U+001B›]0;title‹U+0007› ‹U+202E›gnp');
    sessions.failure = null;
    sessions.script = (one) => {
      const where = { user: 'root', host: 'lab', cwd: '/tmp/\x1b[2J', netns: null };
      one.emit({ type: 'status', exitStatus: 0, signal: null, durationMs: 1, where, shell: 'kept' });
    };
    await run('--cell', 'good', '--yes');
    expect(io.stdout).toContain('root@lab:/tmp/‹U+001B›[2J');
    expect(io.stdout).not.toContain('\x1b[2J');
  });

  it('stops on ^C, and the exit status says so', async () => {
    sessions.script = null;
    const status = run('--cell', 'good', 'late', '--yes');
    while (sessions.runs.length === 0) await settle();
    io.interrupt();
    expect(await status).toBe(130);
    expect(io.stdout).toContain('✗ good: interrupted, exit status 130 (signal INT)');
    expect(io.stderr).toContain('not run late');
  });
});

describe('a background cell', () => {
  const background = '```bash {#watch background}\ntail -f log\n```\n';
  beforeEach(() => {
    folder.remove();
    folder = noteFolder(`${background}\`\`\`bash {#looks}\nls\n\`\`\`\n`);
    io = new FakeIo(folder.dir);
    sessions.script = (one) => {
      one.print(`${one.request.source} says so\n`);
      if (one.request.source === 'ls') one.exit(0);
    };
  });

  it('is interrupted once the others have ended, shown as a whole, and no failure', async () => {
    expect(await run('--all', '--yes')).toBe(0);
    expect(sessions.calls).toEqual(['interrupt']);
    expect(io.stdout).toBe(
      [
        '▶ looks, line 4',
        'ls says so',
        '✓ looks: exit status 0, 7 ms, root@lab:/root',
        '▶ watch (background), line 1',
        'tail -f log says so',
        '✓ watch: interrupted, exit status 130 (signal INT), 7 ms, root@lab:/root',
        '',
      ].join('\n'),
    );
  });

  it('is waited for when nothing else runs', async () => {
    const status = run('--cell', 'watch', '--yes');
    while (sessions.runs.length === 0) await settle();
    await settle();
    expect(sessions.calls).toEqual([]);
    sessions.last.exit(0);
    expect(await status).toBe(0);
  });
});

describe('the words of the command line', () => {
  const call = (...args: string[]) =>
    dispatch(['run', ...args], io, [makeRunCommand(() => Promise.resolve(sessions))]);
  const ran = () => sessions.runs.map(({ request }) => request.source);

  it.each([
    ['the note first', ['note.md', '--cell', 'late', 'good', '--yes']],
    ['the note last', ['--yes', '--cell', 'late', 'good', 'note.md']],
    ['the note last but for a flag', ['--cell', 'late', 'good', 'note.md', '--yes']],
    ['the note behind a flag', ['--cell', 'late', 'good', '--yes', 'note.md']],
    ['--cell twice', ['--cell', 'late', '--cell', 'good', 'note.md', '--yes']],
  ])('may come in any order: %s', async (_order, args) => {
    expect(await call(...args)).toBe(0);
    expect(ran()).toEqual(['echo late', 'echo good']);
  });

  it('behind --set are values, also when a cell is called like one', async () => {
    expect(await call('--cell', 'asks', '--set', 'ns=a', 'other=b', 'note.md', '--yes')).toBe(0);
    expect(ran()).toEqual(['ip -n a link']);
    expect(io.stderr).toContain('No cell has a placeholder <other>');
  });

  it('do not make a note of a cell', async () => {
    expect(await call('--cell', 'good', '--yes')).toBe(2);
    expect(io.stderr).toContain('Name the note');
  });
});

describe('before running', () => {
  it('asks, naming cells and host, and takes only a yes', async () => {
    io.answer = 'n';
    expect(await run('--cell', 'good')).toBe(1);
    expect(io.asked[0]).toMatch(/will run on box:\n {2}good \(line 4\)\n {6}\S.*\nRun them\? \[y\/N\] $/);
    expect(sessions.opened).toEqual([]);
    io.answer = 'y';
    expect(await run('--cell', 'good')).toBe(0);
  });

  it('says to pass --yes where nobody can be asked', async () => {
    expect(await run('--all')).toBe(1);
    expect(io.stderr).toContain('Pass --yes.');
    expect(sessions.opened).toEqual([]);
  });

  it('takes the host of the command line, then of the note', async () => {
    await run('--cell', 'good', '--yes', '--host', 'other');
    await run('--cell', 'good', '--yes');
    expect(sessions.opened.map(({ host }) => host)).toEqual(['other', 'box']);
    expect(sessions.opened[0]?.note).toBe(`${folder.dir}/note.md`);
  });

  it.each([
    [['--cell', 'asks', '--yes'], 1, 'Add --set ns=….'],
    [['--cell', 'shut', '--yes'], 1, 'never closes'],
    [['--cell', 'god', '--yes'], 1, 'Did you mean "good"?'],
    [['--yes'], 2, 'either --all, or --cell'],
    [['--all', '--cell', 'good'], 2, 'either --all, or --cell'],
    [['--all', 'other.md'], 2, 'is too much'],
    [['--all', '--set', 'x'], 2, 'not NAME=VALUE'],
    [['--all', '--fast'], 2, "Unknown option '--fast'"],
  ])('refuses %j', async (args, status, sentence) => {
    expect(await run(...args)).toBe(status);
    expect(io.stderr).toContain(sentence);
    expect(sessions.opened).toEqual([]);
  });

  it('has not done what was asked when no cell is left', async () => {
    folder.remove();
    folder = noteFolder('```bash {cleanup}\n:\n```');
    io = new FakeIo(folder.dir);
    expect(await run('--all', '--yes')).toBe(1);
    expect(io.stderr).toContain('No cell is left to run.');
  });
});

describe('lines that may cost a host', () => {
  const dangerous = ['', '```bash {#danger}', 'echo one', 'sudo iptables -F', '```', ''].join('\n');
  beforeEach(() => {
    folder.remove();
    folder = noteFolder(dangerous);
    io = new FakeIo(folder.dir);
  });

  it('are asked about by number and words even with --yes, and run after a yes', async () => {
    io.answer = 'n';
    expect(await run('--all', '--yes', '--host', 'box')).toBe(1);
    expect(io.asked[0]).toContain('line 4 flushes the firewall (box): sudo iptables -F');
    expect(sessions.opened).toEqual([]);
    io.answer = 'y';
    expect(await run('--all', '--yes', '--host', 'box')).toBe(0);
  });

  it('are named where nobody can be asked, and need a flag of their own', async () => {
    expect(await run('--all', '--yes', '--host', 'box')).toBe(1);
    expect(io.stderr).toContain('line 4 flushes the firewall');
    expect(io.stderr).toContain('--allow-danger');
    expect(await run('--all', '--yes', '--allow-danger', '--host', 'box')).toBe(0);
  });

  it('need no asking on the lab machine', async () => {
    io.env.XDG_STATE_HOME = folder.dir;
    expect(await run('--all', '--yes', '--host', 'lab')).toBe(0);
  });

  it('need asking on a host of one’s own that took the lab machine’s name, and both are named', async () => {
    io.env.XDG_STATE_HOME = folder.dir;
    mkdirSync(join(folder.dir, 'labpath/lab'), { recursive: true });
    writeFileSync(join(folder.dir, 'labpath/lab/adopted.json'), '{"kind":"host","destination":"me@real"}');
    io.answer = 'n';
    expect(await run('--all', '--host', 'lab')).toBe(1);
    expect(io.asked[0]).toContain('will run on lab (me@real)');
    expect(await run('--all', '--yes', '--host', 'lab')).toBe(1);
    expect(io.asked[1]).toContain('line 4 flushes the firewall');
    expect(sessions.opened).toEqual([]);
  });

  it('S21: are those of a file fence, too, which is named by its own line', async () => {
    folder.remove();
    folder = noteFolder('\n```text {file=/etc/sudoers.d/me}\nme ALL=(ALL) ALL\n```\n');
    io = new FakeIo(folder.dir);
    expect(await run('--all', '--yes', '--host', 'box')).toBe(1);
    expect(io.stderr).toContain('line 2 writes over a file the system needs (box): file=/etc/sudoers.d/me');
  });

  it('S12: are shown without the secrets filled into them', async () => {
    folder.remove();
    folder = noteFolder('```bash\nreboot --as <password>\n```\n');
    io = new FakeIo(folder.dir);
    expect(await run('--all', '--yes', '--host', 'box', '--set', 'password=canary-1')).toBe(1);
    expect(io.stderr).toContain('stops the machine (box): reboot --as ••••');
    expect(io.stderr).not.toContain('canary-1');
  });
});

it('S6: Characters that cannot be seen are asked about even with --yes, also on the lab machine', async () => {
  folder.remove();
  folder = noteFolder('```bash\ntrue\nsu\u200bdo reboot\n```');
  io = new FakeIo(folder.dir);
  io.env.XDG_STATE_HOME = folder.dir;
  expect(await run('--all', '--yes', '--host', 'lab')).toBe(1);
  expect(io.stderr).toContain('line 3 holds characters that cannot be seen (lab): su‹U+200B›do reboot');
  expect(sessions.opened).toEqual([]);
  expect(await run('--all', '--yes', '--allow-danger', '--host', 'lab')).toBe(0);
});

it('S6: Code, names and paths are shown with what hides in them', async () => {
  folder.remove();
  folder = noteFolder('```bash {name="a\u202eb"}\necho x\u200b\u202e # y\n```');
  io = new FakeIo(folder.dir);
  io.answer = 'n';
  await run('--all');
  expect(io.asked[0]).toContain('a‹U+202E›b (line');
  expect(io.asked[0]).toContain('echo x‹U+200B›‹U+202E› # y');
});

it('calls a cell that was given no id by its line, not by a fingerprint of its code', async () => {
  folder.remove();
  folder = noteFolder('```bash\nfalse\n```\n\n```bash\necho two\n```\n');
  io = new FakeIo(folder.dir);
  await run('--all', '--yes');
  expect(io.stdout).toMatch(/^▶ line 1\n[^]*✗ line 1: exit status 3/);
  expect(io.stderr).toBe(
    'not run line 5: a cell before it did not end as expected.\n0 of 2 cells ended as expected.\n',
  );
});

it('says at the end of several cells how many ended as expected, and nothing of that to programs', async () => {
  expect(await run('--cell', 'good', 'fails', 'late', '--yes', '--keep-going')).toBe(1);
  expect(io.stderr).toMatch(/^2 of 3 cells ended as expected\.\n$/m);
  io.stderr = '';
  expect(await run('--cell', 'good', 'late', '--yes', '--json')).toBe(0);
  expect(io.stderr).toBe('');
});
