import { expect, test } from 'vitest';
import { hostVerifier } from '../../src/ssh/hostVerifier';

const key = new Uint8Array([1, 2, 3]);
const otherKey = new Uint8Array([1, 2, 4]);

type Verifier = ReturnType<typeof hostVerifier>;
const ask = (verifier: Verifier, shown: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => verifier(shown, resolve));

test.each([
  ['undefined', () => undefined],
  ['null', () => null],
  ['0', () => 0],
  ['1', () => 1],
  ['an empty text', () => ''],
  ['a text', () => 'true'],
  ['false', () => false],
  ['an object', () => ({})],
  ['a promise of null', () => Promise.resolve(null)],
  ['a promise of 1', () => Promise.resolve(1)],
  ['a rejection', () => Promise.reject(new Error('no'))],
  ['an exception', () => { throw new Error('no'); }], // prettier-ignore
])('a decision of %s accepts no key', async (_name, decide) => {
  expect(await ask(hostVerifier(decide), key)).toBe(false);
});

test('only true accepts, be it now or later', async () => {
  expect(
    await ask(
      hostVerifier(() => true),
      key,
    ),
  ).toBe(true);
  expect(
    await ask(
      hostVerifier(() => Promise.resolve(true)),
      key,
    ),
  ).toBe(true);
});

test('it returns undefined, because ssh2 takes any returned value for an answer', () => {
  const returned: unknown = hostVerifier(() => true)(key, () => undefined);
  expect(returned).toBeUndefined();
});

test('a rekey with the accepted key is not asked about, one with another key is refused', async () => {
  let questions = 0;
  const verifier = hostVerifier(() => {
    questions++;
    return true;
  });
  expect(await ask(verifier, key)).toBe(true);
  expect(await ask(verifier, key)).toBe(true);
  expect(await ask(verifier, otherKey)).toBe(false);
  expect(questions).toBe(1);
});

test('a decision that never comes accepts nothing', async () => {
  let answered = false;
  hostVerifier(() => new Promise(() => undefined))(key, () => (answered = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).toBe(false);
});
