import { expect, test } from 'vitest';
import { describeProblem, problem } from '../../src/base/problem';
import { visibleText } from '../../src/base/visible';

test('Control characters, and those that hide or turn around text, are shown by their code point', () => {
  expect(visibleText('a\x1b[31m\x07\x9b2J\x7f\u202eb\u200b')).toBe(
    'a‹U+001B›[31m‹U+0007›‹U+009B›2J‹U+007F›‹U+202E›b‹U+200B›',
  );
});

test('Ordinary text, newlines and tabs stay', () => {
  const text = 'é€😀 “quoted”\n\tindented';
  expect(visibleText(text)).toBe(text);
});

test('What a far side said in a problem can do no harm in a terminal', () => {
  expect(describeProblem(problem('It said:', '\x1b]52;c;eA==\x07'))).toBe(
    'It said: ‹U+001B›]52;c;eA==‹U+0007›',
  );
});
