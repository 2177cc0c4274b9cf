import { describe, expect, it } from 'vitest';
import { diffExpected } from '../../src/output/expectationDiff';

const diff = (text: string, output: string, ...masks: ('mac' | 'time')[]) =>
  diffExpected({ text, masks }, output).map(({ kind, text: line }) => `${kind} ${line}`);

describe('the difference from what was expected', () => {
  it('names lines that are missing and lines nobody expected, in their places', () => {
    expect(diff('a\nb\nc', 'a\nx\nc\nd\n')).toEqual(['same a', 'missing b', 'extra x', 'same c', 'extra d']);
  });

  it('does not mind blanks at line ends, nor what is masked, which it shows as printed', () => {
    expect(diff('link aa:bb:cc:dd:ee:ff\nok', 'link 11:22:33:44:55:66  \nok\n', 'mac')).toEqual([
      'same link 11:22:33:44:55:66',
      'same ok',
    ]);
  });
});
