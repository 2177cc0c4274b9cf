import { describe, expect, it } from 'vitest';
import { OutputText } from '../../src/output/outputText';

const bytes = (text: string) => new TextEncoder().encode(text);
const shown = (text: string) => {
  const output = new OutputText();
  output.push(bytes(text));
  return output.plain();
};

describe('a program that rewrites lines', () => {
  it.each([
    [
      'docker pull, line by line',
      'a: wait\nb: wait\n\x1b[2A\x1b[2K\ra: done\x1b[2B\rend',
      'a: done\nb: wait\nend',
    ],
    ['saves and restores the cursor', 'ab\x1b7cdef\x1b8X', 'abXdef'],
    ['saves and restores it as ANSI does', 'one\nt\x1b[swo\x1b[1Ax\x1b[uW', 'onex\ntWo'],
    ['moves up by reverse index', 'one\ntwo\x1bM\rO', 'One\ntwo'],
    ['erases what stands above', 'one\ntwo\nthree\x1b[1J\rx', '\n\nx    '],
  ])('%s', (_name, written, seen) => {
    expect(shown(written)).toBe(seen);
  });
});

describe('a full-screen program', () => {
  it('leaves nothing of its screen in the output', () => {
    expect(shown('before\n\x1b[?1049h\x1b[2J\x1b[Hvim draws\n\x1b[?1049lafter')).toBe('before\nafter');
  });

  it('cannot hide an output by never leaving its screen', () => {
    const output = new OutputText();
    output.push(bytes('before\n\x1b[?1049hhidden\nmore\n'));
    output.end();
    expect(output.plain()).toBe('before\nhidden\nmore');
  });

  it('is known to be one while it runs, also when the sequence comes in pieces', () => {
    const output = new OutputText();
    for (const char of '\x1b[?25l\x1b[?1049h') output.push(bytes(char));
    expect(output.isFullScreen).toBe(true);
    output.push(bytes('\x1b[?1049l'));
    expect(output.isFullScreen).toBe(false);
    output.push(bytes('\x1b[?47h'));
    output.end();
    expect(output.isFullScreen).toBe(false);
  });
});

describe('the raw end of an output', () => {
  it('is given from any position, as long as it is kept', () => {
    const output = new OutputText();
    output.push(bytes('abc'));
    output.push(bytes('def'));
    const text = (position: number) => Buffer.concat(output.raw.since(position)).toString();
    expect([text(0), text(2), text(3), text(6)]).toEqual(['abcdef', 'cdef', 'def', '']);
    output.push(new Uint8Array(300_000));
    expect(output.raw.since(0)).toHaveLength(1);
    output.end();
    expect(output.raw.since(0)).toEqual([]);
    expect(output.raw.end).toBe(300_006);
  });

  it('leaves the question of a program in the open line', () => {
    const output = new OutputText();
    output.push(bytes('Hello\nYour name: '));
    expect(output.openLine).toBe('Your name: ');
    output.push(bytes('\n'));
    expect(output.openLine).toBe('');
  });
});
