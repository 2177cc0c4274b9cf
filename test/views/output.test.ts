import { describe, expect, it } from 'vitest';
import { OutputText } from '../../src/output/outputText';
import { FOLD_ABOVE, rowCount, rowsOf } from '../../src/views/cell/outputRows';
import { lookOf, xtermColour } from '../../src/views/cell/styleClasses';

function outputOf(text: string): OutputText {
  const output = new OutputText();
  output.push(new TextEncoder().encode(text));
  return output;
}

const numbers = (count: number): string => Array.from({ length: count }, (_, i) => `${i + 1}\n`).join('');

describe('the rows drawn of an output', () => {
  it('are all its lines while it is short', () => {
    expect(rowsOf(outputOf(numbers(FOLD_ABOVE)), false)).toHaveLength(FOLD_ABOVE);
  });

  it('fold a long output to its head and tail and say how many lines are hidden', () => {
    const rows = rowsOf(outputOf(numbers(200)), false);
    expect(rows[0]).toMatchObject({ spans: [{ text: '1' }] });
    expect(rows[8]).toBe('176 lines folded');
    expect(rows.at(-1)).toMatchObject({ spans: [{ text: '200' }] });
  });

  it('are as many as the count that heights are estimated from', () => {
    for (const count of [0, 1, FOLD_ABOVE, FOLD_ABOVE + 1, 500, 50_000]) {
      const output = outputOf(numbers(count));
      for (const unfolded of [false, true]) {
        expect(rowCount(output, unfolded)).toBe(rowsOf(output, unfolded).length);
      }
    }
  });

  it('keep the identity of lines that did not change, so that only new ones are drawn', () => {
    const output = outputOf('one\ntwo\n');
    const before = rowsOf(output, false);
    output.push(new TextEncoder().encode('three\n'));
    const after = rowsOf(output, false);
    expect(after.slice(0, 2)).toEqual(before);
    expect(after[0]).toBe(before[0]);
  });
});

describe('the look of a style', () => {
  const plain = {
    fg: null,
    bg: null,
    bold: false,
    dim: false,
    italic: false,
    underline: false,
    inverse: false,
    strike: false,
  };

  it('uses the theme for the sixteen colours, bright ones like plain ones', () => {
    expect(lookOf({ ...plain, fg: 1 }).classes).toEqual(['labpath-fg-1']);
    expect(lookOf({ ...plain, fg: 9 }).classes).toEqual(['labpath-fg-1']);
  });

  it('sets other colours as custom properties', () => {
    expect(lookOf({ ...plain, bg: '#102030' })).toEqual({
      classes: ['labpath-bg-own'],
      properties: { '--labpath-bg': '#102030' },
    });
  });

  it('swaps the colours of inverse text', () => {
    expect(lookOf({ ...plain, fg: 2, inverse: true }).classes).toEqual(['labpath-inverse', 'labpath-bg-2']);
  });

  it('knows xterm’s cube and greys', () => {
    expect([16, 196, 231, 232, 255].map(xtermColour)).toEqual([
      '#000000',
      '#ff0000',
      '#ffffff',
      '#080808',
      '#eeeeee',
    ]);
  });
});
