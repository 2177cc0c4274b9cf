import { describe, expect, test } from 'vitest';
import type { ControlExec } from '../../src/session/channel';
import { watchStart, type Startable } from '../../src/session/startWatch';

/** A cell whose driver behaves as told; every wait is over at once. */
function cell(behaviour: { begins?: (acts: readonly string[]) => boolean; answers?: boolean }): {
  acts: string[];
  startable: Startable;
} {
  const acts: string[] = [];
  const act = (name: string) => () => void acts.push(name);
  return {
    acts,
    startable: {
      pid: 7,
      frameLength: 100,
      beginsWithin: () => Promise.resolve(behaviour.begins?.(acts) ?? false),
      pongs: () => {
        acts.push('ping');
        return Promise.resolve(behaviour.answers ?? false);
      },
      resend: act('resend'),
      wake: act('wake'),
      giveUp: act('give up'),
    },
  };
}

const reading: ControlExec = () => Promise.resolve('S 7 wait_woken\n');
const busy: ControlExec = () => Promise.resolve('R 7 0\n');
const programInFront: ControlExec = () => Promise.resolve('S 99 do_wait\n');
const none: ControlExec = () => Promise.reject(new Error('no channel'));

describe('A cell that was sent', () => {
  test('and begins is left alone', async () => {
    const { acts, startable } = cell({ begins: () => true });
    await watchStart(startable, reading);
    expect(acts).toEqual([]);
  });

  test('is sent again when the driver answers a ping and the cell has not begun', async () => {
    const { acts, startable } = cell({ begins: (seen) => seen.includes('resend'), answers: true });
    await watchStart(startable, reading);
    expect(acts).toEqual(['ping', 'resend']);
  });

  test('is never sent again without a pong; the shell is woken, and at last given up', async () => {
    const { acts, startable } = cell({ answers: false });
    await watchStart(startable, reading);
    expect(acts).not.toContain('resend');
    expect(acts.slice(0, 2)).toEqual(['ping', 'wake']);
    expect(acts.at(-1)).toBe('give up');
  });

  test.each([
    ['works', busy],
    ['has a program in front', programInFront],
  ])('gets no ping while the shell %s, because a ping would become its input', async (_name, control) => {
    const { acts, startable } = cell({});
    await watchStart(startable, control);
    expect(acts).toEqual(['give up']);
  });

  test('is pinged also where nobody can look at the shell', async () => {
    const { acts, startable } = cell({ begins: (seen) => seen.includes('resend'), answers: true });
    await watchStart(startable, none);
    expect(acts).toEqual(['ping', 'resend']);
  });
});
