import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import { labDir } from '../../src/labs/labShell';
import { LAB_SESSION, launch } from '../../src/labs/launch';

const cell = (info: string, ...lines: string[]) => {
  const [found] = scanCells(['```' + info, ...lines, '```'].join('\n'));
  if (!found) throw new Error('no cell');
  return found;
};
let home = '';
let note = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'labpath-home-'));
  note = `${home}/a note's name.md`;
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(labDir(note), { recursive: true, force: true });
});

/** Sends what a session would be sent to a bash that a learner has already spoilt. */
function inSession(info: string, ...lines: string[]) {
  const { source } = launch(cell(info, ...lines), note);
  const spoilt = 'cd /usr; set +e; shopt -s nullglob; ls() { echo fake; }; alias cat=false; x=mine\n';
  const script = `${spoilt}${source}\nstatus=$?; echo "outer $status $PWD"`;
  const { stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc'], {
    input: script,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: home },
  });
  const lines_ = stdout.trimEnd().split('\n');
  return { outer: lines_.at(-1), printed: lines_.slice(0, -1), stderr };
}

describe('where a cell runs', () => {
  it('plain, step and observe share the live session', () => {
    for (const info of ['bash', 'bash {step}', 'bash {observe}']) {
      expect(launch(cell(info, 'ls'), note)).toMatchObject({ session: 'main', netns: null, host: null });
    }
    expect(launch(cell('bash', 'ls'), note).source).toBe('ls');
  });

  it('session, in, host, node and timeout are followed', () => {
    expect(launch(cell('bash {session=a in=netns:red host=h timeout=2m}', 'ls'), note)).toMatchObject({
      session: 'a',
      netns: 'red',
      host: 'h',
      timeoutMs: 120_000,
    });
    expect(launch(cell('bash {check node=lab session=a}', 'ls'), note)).toMatchObject({
      session: LAB_SESSION,
      host: 'lab',
    });
  });

  it('a background cell has a shell of its own', () => {
    expect(launch(cell('bash {#b background}', 'x'), note).session).not.toBe('main');
  });

  it('a step knows LAB_DIR and keeps the line numbers of its fence', () => {
    const { source } = launch(cell('bash {step}', 'echo "$LAB_DIR"'), note);
    expect(execFileSync('bash', ['-c', source], { encoding: 'utf8' }).trim()).toBe(labDir(note));
    expect(source.split('\n')).toHaveLength(1);
  });
});

describe('a role with a clean shell', () => {
  it('sees nothing of what the session was turned into, and leaves no trace there', () => {
    const { outer, printed } = inSession(
      'bash {check}',
      'pwd',
      'type -t ls cat',
      'echo "${x-unset} $-"',
      'shopt -q nullglob && echo nullglob',
      'x=2; cd /etc; true',
    );
    expect(printed).toEqual([home, 'file', 'file', expect.stringMatching(/^unset [^i]*$/)]);
    expect(printed[3]).toMatch(/e.*u|u.*e/);
    expect(outer).toBe('outer 0 /usr');
  });

  it('stops at the first failure, also in a pipe, and gives its status', () => {
    expect(inSession('bash {setup}', '(exit 7) | cat', 'echo not reached')).toMatchObject({
      outer: 'outer 7 /usr',
      printed: [],
    });
    expect(inSession('bash {setup}', 'exit 3').outer).toBe('outer 3 /usr');
    expect(inSession('bash {setup}', 'echo "$nothing"').stderr).toContain('unbound variable');
  });

  it('has LAB_DIR made, private, and the same for every fence of the note', () => {
    expect(inSession('bash {setup}', 'echo "$LAB_DIR"; echo 1 > "$LAB_DIR/x"').printed).toEqual([
      labDir(note),
    ]);
    expect(inSession('bash {check}', 'cat "$LAB_DIR/x"').printed).toEqual(['1']);
    expect(statSync(labDir(note)).mode & 0o777).toBe(0o700);
  });

  it('does not use a LAB_DIR that is somebody else’s link', () => {
    execFileSync('ln', ['-s', home, labDir(note)]);
    expect(inSession('bash {setup}', 'echo ran')).toMatchObject({ outer: 'outer 1 /usr', printed: [] });
  });

  it('takes code of any kind: here-documents, what looks like the delimiter, no descriptor left behind', () => {
    const guess = launch(cell('bash {setup}', 'x'), note).source.split('\n').at(-1) ?? '';
    const { printed, outer } = inSession(
      'bash {setup}',
      "cat <<'EOF'",
      guess,
      '$x `y` \\z',
      'EOF',
      '[ ! -e /proc/$$/fd/3 ] && echo closed',
    );
    expect(printed).toEqual([guess, '$x `y` \\z', 'closed']);
    expect(outer).toBe('outer 0 /usr');
  });

  it('reads the standard input of the session, not its own code', () => {
    const { source } = launch(cell('bash {setup}', 'read -r line; echo "got $line"'), note);
    const out = execFileSync('bash', ['-c', source], {
      input: 'typed\n',
      encoding: 'utf8',
      env: { ...process.env, HOME: home },
    });
    expect(out).toBe('got typed\n');
  });

  it('cleanup removes LAB_DIR and keeps its own status', () => {
    inSession('bash {setup}', 'touch "$LAB_DIR/x"');
    expect(inSession('bash {cleanup}', 'test -e "$LAB_DIR/x"; exit 4').outer).toBe('outer 4 /usr');
    expect(existsSync(labDir(note))).toBe(false);
  });
});

describe('a file fence', () => {
  it('becomes that file, byte for byte, with its mode and its folders', () => {
    const path = join(home, 'a b/c.sh');
    const lines = ['#!/bin/sh', "echo '$x' `y` \\", '', '  EOF', 'é'];
    expect(inSession(`sh {file="${path}" mode=0751}`, ...lines).outer).toBe('outer 0 /usr');
    expect(readFileSync(path, 'utf8')).toBe(lines.join('\n') + '\n');
    expect(statSync(path).mode & 0o777).toBe(0o751);
  });

  it('may lie in the home folder or in LAB_DIR', () => {
    inSession('ini {file=~/conf}', 'x');
    expect(statSync(join(home, 'conf')).mode & 0o777).toBe(0o644);
    inSession('ini {file=$LAB_DIR/d/conf}', 'y');
    expect(readFileSync(join(labDir(note), 'd/conf'), 'utf8')).toBe('y\n');
  });

  it('may be empty', () => {
    expect(inSession('ini {file=~/empty}').outer).toBe('outer 0 /usr');
    expect(readFileSync(join(home, 'empty'), 'utf8')).toBe('');
  });
});
