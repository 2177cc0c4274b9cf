import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNetnsName } from '../../src/base/netns';
import { bootstrapCommand, driverBytes } from '../../src/session/bootstrap';
import { latin1Text, utf8 } from '../../src/session/bytes';
import { echoOf, withoutEcho } from '../../src/session/echo';
import { runFrame } from '../../src/session/frames';
import { parseMarker } from '../../src/session/markers';
import { commandIn, isContainerName, machine, type Place } from '../../src/session/place';
import { signalOfStatus } from '../../src/session/signals';

const cell = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '"',
      "'",
      '\\',
      '\n',
      '\t',
      '$',
      '`',
      '%b',
      '%',
      '\x1b',
      '\x1e',
      '\x02LP1;',
      ';',
      "<<'EOF'\n",
      '\\x1e',
      '\x7f',
    ),
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
      .filter((text) => !/[\0\r\ud800-\udfff]/.test(text)),
  ),
  maxLength: 400,
});

describe('A run frame', () => {
  test('is read back by bash as exactly the cell', () => {
    // The driver's own way of reading, in one bash for all cells.
    const script = `while builtin read -rs -d $'\\x1e' -a lines; do printf -v f %s "\${lines[@]}"; f=\${f#*;R*;}; printf '%b\\0' "$f"; done`;
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 20 }), (cells) => {
        const frames = Buffer.concat(cells.map((source) => runFrame('key', 'nonce', source)));
        const read = execFileSync('bash', ['-c', `export LC_ALL=C; IFS=$'\\n'; ${script}`], {
          input: frames,
        });
        expect(read.toString('utf8')).toBe(cells.map((source) => `${source}\0`).join(''));
      }),
      { numRuns: 40 },
    );
  });

  test('is printable ASCII in lines of at most 1000 bytes behind its head', () => {
    fc.assert(
      fc.property(cell, fc.integer({ min: 1, max: 40 }), (source, times) => {
        const text = latin1Text(runFrame('key', 'nonce', source.repeat(times)));
        const head = '\n\x02LP1;key;Rnonce;';
        expect([text.slice(0, head.length), text.at(-1)]).toEqual([head, '\x1e']);
        expect(text.slice(head.length, -1)).toMatch(/^[ -~\n]*$/);
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(1100);
      }),
    );
  });

  test('cannot hold a NUL', () => {
    expect(() => runFrame('key', 'nonce', 'a\0b')).toThrow(RangeError);
  });
});

describe('The echo of a frame', () => {
  test('is taken off output, as far as it came', () => {
    const frame = runFrame('key', 'nonce', 'echo hi\n');
    const echo = echoOf(frame);
    for (let length = 0; length <= echo.length; length++) {
      expect(withoutEcho(echo.subarray(0, length), frame)).toHaveLength(0);
    }
    expect(latin1Text(withoutEcho(utf8('\n^BLP1;output'), frame))).toBe('output');
  });

  test('leaves other output alone', () => {
    const frame = runFrame('key', 'nonce', 'echo hi');
    expect(latin1Text(withoutEcho(utf8('from behind\n'), frame))).toBe('from behind\n');
  });
});

describe('A marker', () => {
  test('of the end tells status, duration, directory and whether the shell is new', () => {
    expect(parseMarker('E;n;3;1000,2500;exit;/tmp/a%3bb%25c%0ad \xc3\xa9')).toEqual({
      type: 'end',
      nonce: 'n',
      exitStatus: 3,
      durationMs: 1.5,
      exited: true,
      cwd: '/tmp/a;b%c\nd é',
    });
  });

  test('without times has no duration, and neither has one that ends before it begins', () => {
    expect(parseMarker('E;n;0;,;;/')).toMatchObject({ durationMs: null });
    expect(parseMarker('E;n;0;20,10;;/')).toMatchObject({ durationMs: null });
  });

  test.each(['', 'X;1', 'E;n;0', 'E;n;zero;,;;/', 'S;key;5.2;notapid;/dev/pts/0;P;u;h;', 'B;n;more'])(
    'of another shape (%j) is none',
    (body) => {
      expect(parseMarker(body)).toBeNull();
    },
  );

  test('names a terminal only when it is one', () => {
    const hello = (tty: string): unknown => parseMarker(`S;key;5.2;12;${tty};T;root;lab;`);
    expect(hello('/dev/pts/3')).toMatchObject({
      hello: { tty: '/dev/pts/3', dispatch: 'typed', netns: null },
    });
    expect(hello('/dev/pts/3 $(x)')).toMatchObject({ hello: { tty: null } });
  });
});

const key = '0123456789abcdef0123456789abcdef';

describe('The bootstrap command', () => {
  const places: Place[] = [machine, { kind: 'netns', name: 'red' }, { kind: 'container', name: 'web' }];

  test.each(places)('holds no newline and no single quote but those around its scripts (%j)', (place) => {
    expect(bootstrapCommand(place)).toMatch(
      /^exec bash --noprofile --norc -c '[^'\n]*'( labpath '[^'\n]*')?$/,
    );
  });

  test.each(places)('reads the same in every shell that is here (%j)', (place) => {
    const command = bootstrapCommand(place).replace(/^exec bash --noprofile --norc -c/, 'printf %s');
    const shells = ['sh', 'bash', 'zsh', 'fish', 'tcsh'].filter(
      (shell) => spawnSync(shell, ['-c', ':']).status === 0,
    );
    const read = shells.map((shell) => execFileSync(shell, ['-c', command], { encoding: 'utf8' }));
    expect(new Set(read).size).toBe(1);
  });

  test.each(['-n', 'a b', "a'b", '$(x)', 'a;b', ''])('refuses %j as the name of a place', (name) => {
    expect([isNetnsName(name), isContainerName(name)]).toEqual([false, false]);
    expect(() => bootstrapCommand({ kind: 'netns', name })).toThrow(RangeError);
    expect(() => bootstrapCommand({ kind: 'container', name })).toThrow(RangeError);
  });

  test('takes no script that would end its quotes', () => {
    expect(() => commandIn(machine, "echo 'x'", false)).toThrow(RangeError);
  });
});

describe('The driver on its way', () => {
  test('is printable, in lines that a terminal in line mode does not cut, and ends where it is read to', () => {
    const text = latin1Text(driverBytes({ key, profile: 'login' }));
    expect(text).toMatch(/^[ -~\n]*$/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(4095);
    expect(text.indexOf('@')).toBe(text.length - 1);
  });

  test('arrives as bash that parses, with the settings in it', () => {
    const sent = latin1Text(driverBytes({ key, profile: 'rc', nested: true }))
      .slice(0, -1)
      .replaceAll('\n', '');
    const read = execFileSync('bash', ['-c', 'printf %b "$1"', 'bash', sent], { encoding: 'utf8' });
    expect(() => execFileSync('bash', ['-n'], { input: read })).not.toThrow();
    expect(read).toContain(`__labpath_key=${key} `);
    expect(read).toMatch(/__labpath_profile=rc .*\n__labpath_mode=A .*\n__labpath_nested=1 /);
    expect(read).not.toContain('@KEY@');
  });

  test('needs a key that is plain', () => {
    expect(() => driverBytes({ key: 'x;y', profile: 'none' })).toThrow(RangeError);
  });
});

test('A status above 128 names the signal, as far as there is one', () => {
  expect([130, 137, 143, 148].map(signalOfStatus)).toEqual(['INT', 'KILL', 'TERM', 'TSTP']);
  expect([0, 1, 127, 128, 200, 255].map(signalOfStatus)).toEqual([null, null, null, null, null, null]);
});
