import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit, editBetween } from '../../src/base/textEdit';

describe('the edit between two texts', () => {
  it('is what changed, and nothing around it', () => {
    expect(editBetween('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
    expect(editBetween('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' });
    expect(editBetween('x', 'x')).toBeNull();
  });

  it('makes one the other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = editBetween(before, after);
        expect(edit === null ? before : applyEdit(before, edit)).toBe(after);
      }),
    );
  });
});
