import { expect, test } from 'vitest';
import { Deadline } from '../../src/ssh/deadline';
import { FakeClock } from '../support/fakeClock';

test('A deadline stands still while the user is asked, and goes on with what was left', async () => {
  const clock = new FakeClock();
  let expired = 0;
  const deadline = new Deadline(clock, 1000, () => expired++);
  clock.advance(600);
  await deadline.pausedFor(() => {
    clock.advance(60_000);
    return Promise.resolve();
  });
  expect(expired).toBe(0);
  clock.advance(399);
  expect(expired).toBe(0);
  clock.advance(1);
  expect(expired).toBe(1);
});

test('A deadline that was stopped never expires', () => {
  const clock = new FakeClock();
  let expired = 0;
  new Deadline(clock, 1000, () => expired++).stop();
  clock.advance(5000);
  expect(expired).toBe(0);
});
