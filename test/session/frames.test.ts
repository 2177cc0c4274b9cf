import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNetnsName } from '../../src/base/netns';
import { bootstrapCommand } from '../../src/session/bootstrap';
import { latin1Text, utf8 } from '../../src/session/bytes';
import { echoOf, withoutEcho } from '../../src/session/echo';
import { runFrame } from '../../src/session/frames';
import { parseMarker } from '../../src/session/markers';
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

describe('The bootstrap command', () => {
  const key = '0123456789abcdef0123456789abcdef';

  test.each([null, 'red'])(
    'is one single-quoted word without quotes, backslashes or newlines inside (netns %s)',
    (netns) => {
      const command = bootstrapCommand({ key, profile: 'login', netns });
      expect(command).toMatch(/^exec bash --noprofile --norc -c '[^'\\\n]*'$/);
    },
  );

  test('holds the key only in its encoded driver', () => {
    expect(bootstrapCommand({ key, profile: 'none', netns: null })).not.toContain(key);
  });

  test.each(['-n', 'a b', "a'b", '$(x)', 'a;b', ''])('refuses %j as a network namespace', (netns) => {
    expect(isNetnsName(netns)).toBe(false);
    expect(() => bootstrapCommand({ key, profile: 'none', netns })).toThrow(RangeError);
  });

  test('refuses a key that is not plain', () => {
    expect(() => bootstrapCommand({ key: 'x;y', profile: 'none', netns: null })).toThrow(RangeError);
  });
});

test('A status above 128 names the signal, as far as there is one', () => {
  expect([130, 137, 143, 148].map(signalOfStatus)).toEqual(['INT', 'KILL', 'TERM', 'TSTP']);
  expect([0, 1, 127, 128, 200, 255].map(signalOfStatus)).toEqual([null, null, null, null, null, null]);
});
