import { expect, it } from 'vitest';
import { OutputText } from '../../src/output/outputText';
import { findInOutput } from '../../src/output/search';

const lines = (text: string) => {
  const output = new OutputText();
  output.push(new TextEncoder().encode(text));
  return output.lines();
};

it('finds a text in any case, also across colours', () => {
  expect(findInOutput(lines('Link up\nno\nli\x1b[31mnk\x1b[m LINK'), 'link')).toEqual([
    { line: 0, from: 0, to: 4 },
    { line: 2, from: 0, to: 4 },
    { line: 2, from: 5, to: 9 },
  ]);
});

it('finds nothing for nothing, and stops at the limit', () => {
  expect(findInOutput(lines('a'), '')).toEqual([]);
  expect(findInOutput(lines('aaaa'), 'a', 3)).toHaveLength(3);
});
