import { beforeEach, describe, expect, test } from 'vitest';
import type { SecretQuestion } from '../../src/ssh/prompts';
import { SecretPrompts, type SecretAnswer } from '../../src/ssh/secretPrompts';

const password: SecretQuestion = {
  host: 'box',
  user: 'me',
  at: '192.0.2.1:22',
  kind: 'password',
  prompt: 'Password',
  echo: false,
  again: false,
};

let asked: number;
let answers: (SecretAnswer | null)[];
let kept: Map<string, string>;
let prompts: SecretPrompts;
beforeEach(() => {
  asked = 0;
  answers = [];
  kept = new Map();
  const answer = (): Promise<SecretAnswer | null> => {
    asked++;
    return Promise.resolve(answers.shift() ?? null);
  };
  prompts = new SecretPrompts(
    { passphrase: answer, secret: answer },
    { get: (id) => kept.get(id) || null, set: (id, secret) => kept.set(id, secret) },
  );
});

describe('S16: A password', () => {
  test('that worked is asked for once while the program runs, and kept nowhere else', async () => {
    answers = [{ secret: 'open sesame', keep: false }];
    expect(await prompts.askSecret(password)).toBe('open sesame');
    prompts.loginEnded(true);
    expect(await prompts.askSecret(password)).toBe('open sesame');
    expect([asked, kept.size]).toEqual([1, 0]);
  });

  test('that did not work is forgotten', async () => {
    answers = [{ secret: 'wrong', keep: true }, { secret: 'right', keep: false }]; // prettier-ignore
    await prompts.askSecret(password);
    prompts.loginEnded(false);
    expect(await prompts.askSecret(password)).toBe('right');
    expect(kept.size).toBe(0);
  });

  test('that is asked for again is not answered from memory', async () => {
    answers = [{ secret: 'wrong', keep: false }, { secret: 'right', keep: false }]; // prettier-ignore
    await prompts.askSecret(password);
    expect(await prompts.askSecret({ ...password, again: true })).toBe('right');
    expect(await prompts.askSecret(password)).toBe('right');
  });

  test('is never sent to another address, user or host than the one it was given for', async () => {
    answers = [{ secret: 'secret', keep: true }];
    await prompts.askSecret(password);
    prompts.loginEnded(true);
    for (const change of [{ at: '198.51.100.9:22' }, { user: 'root' }, { host: 'other' }]) {
      expect(await prompts.askSecret({ ...password, ...change })).toBeNull();
    }
    expect(asked).toBe(4);
  });

  test('is kept beyond the session only when the user says so, and only once it has worked', async () => {
    answers = [{ secret: 'to keep', keep: true }];
    await prompts.askSecret(password);
    expect(kept.size).toBe(0);
    prompts.loginEnded(true);
    expect([...kept.keys()]).toEqual([expect.stringMatching(/^labpath-password-[0-9a-f]{32}$/)]);
    prompts.clear();
    expect(await prompts.askSecret(password)).toBe('to keep');
    expect(asked).toBe(1);
  });

  test('that was kept and is wrong by now is forgotten there, too', async () => {
    answers = [{ secret: 'old', keep: true }];
    await prompts.askSecret(password);
    prompts.loginEnded(true);
    await prompts.askSecret({ ...password, again: true });
    expect([...kept.values()]).toEqual(['']);
  });
});

test('A one-time code is asked for each time and held nowhere', async () => {
  answers = [{ secret: '123', keep: true }, { secret: '456', keep: true }]; // prettier-ignore
  expect(await prompts.askSecret({ ...password, kind: 'code' })).toBe('123');
  prompts.loginEnded(true);
  expect(await prompts.askSecret({ ...password, kind: 'code' })).toBe('456');
  expect(kept.size).toBe(0);
});

test('A passphrase is asked for once for each key file, and again when it was wrong', async () => {
  answers = [
    { secret: 'wrong', keep: false },
    { secret: 'right', keep: false },
    { secret: 'other', keep: false },
  ];
  expect(await prompts.askPassphrase('/k/a', false)).toBe('wrong');
  expect(await prompts.askPassphrase('/k/a', true)).toBe('right');
  expect(await prompts.askPassphrase('/k/b', false)).toBe('other');
  expect(await prompts.askPassphrase('/k/a', false)).toBe('right');
});
