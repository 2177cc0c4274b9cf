import { describe, expect, test } from 'vitest';
import { describeProblem } from '../../src/base/problem';
import { Entering } from '../../src/session/entering';
import { FakeClock } from '../support/fakeClock';

const bytes = (text: string) => new TextEncoder().encode(text);
const hello = {
  pid: 9,
  tty: null,
  dispatch: 'prompt',
  user: 'root',
  host: 'lab',
  netns: null,
  cwd: '/',
} as const;
const key = '00'.repeat(16);

function entering(): {
  clock: FakeClock;
  told: string[];
  shown: () => string;
  entering: Entering;
  end: () => string;
} {
  const clock = new FakeClock();
  const told: string[] = [];
  let shown = '';
  let end = 'waits';
  const made = new Entering({
    clock,
    randomBytes: (count) => new Uint8Array(count),
    host: 'lab',
    type: () => undefined,
    entered: () => (end = 'entered'),
    slow: (why) => told.push(describeProblem(why)),
    release: (output) => (shown += new TextDecoder().decode(output)),
    failed: () => (end = 'failed'),
  });
  return { clock, told, shown: () => shown, entering: made, end: () => end };
}

describe('A shell that is entered', () => {
  test('shows nothing of what was typed at it', async () => {
    const { entering: it, shown, told, end } = entering();
    expect(it.holds(bytes('stty -echo'))).toBe(true);
    expect(it.take({ type: 'ready', key, hello })).toBe(true);
    await it.done;
    expect([end(), shown(), told]).toEqual(['entered', '', []]);
  });

  test('is waited for as long as one that is opened, which is told, and its terminal is shown meanwhile', async () => {
    const { clock, entering: it, shown, told, end } = entering();
    it.holds(bytes('echo '));
    clock.advance(8000);
    expect(told).toEqual([
      expect.stringMatching(/has not answered as bash for 8 s\. It is still waited for\./),
    ]);
    expect(shown()).toBe('echo ');
    expect(it.holds(bytes('of a busy machine'))).toBe(false);
    clock.advance(111_000);
    expect(it.take({ type: 'ready', key, hello })).toBe(true);
    await it.done;
    expect(end()).toBe('entered');
    clock.advance(10_000);
    expect([end(), told.length]).toEqual(['entered', 1]);
  });

  test('is given up in the end', async () => {
    const { clock, entering: it, end } = entering();
    const done = expect(it.done).rejects.toThrow(/was not entered.*No bash answered within 120 s/s);
    clock.advance(120_000);
    await done;
    expect(end()).toBe('failed');
  });

  test('is given up at once by a program that prints and does not listen, and all of it is shown', async () => {
    const { entering: it, shown, end } = entering();
    const done = expect(it.done).rejects.toThrow(/was not entered.*No bash answered: /s);
    it.holds(bytes('x'.repeat(70_000)));
    await done;
    expect([end(), shown().length]).toEqual(['failed', 70_000]);
  });
});
