import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrontmatter } from '../../src/markdown/frontmatter';
import { addAlias } from '../../src/path/addAlias';
import { aliasesOf } from '../../src/path/readFacts';

describe('giving a note another name', () => {
  it.each([
    [
      'in a list on one line',
      '---\na: 1 # why\naliases: [x, "y"]\nb: 2\n---\n',
      'aliases: [x, "y", Lab - X]',
    ],
    ['in an empty list', '---\naliases: []\n---\n', 'aliases: [Lab - X]'],
    ['in a list of lines', '---\naliases:\n  - x\n  - y\nb: 2\n---\n', '  - y\n  - Lab - X\nb: 2'],
    ['instead of one text', '---\naliases: x\nb: 2\n---\n', 'aliases: [x, Lab - X]\nb: 2'],
    ['where there was none', '---\nb: 2\n---\nwords', 'b: 2\naliases: [Lab - X]\n---\nwords'],
    ['with Windows line ends', '---\r\naliases:\r\n- x\r\n---\r\n', 'aliases:\r\n- x\r\n- Lab - X\r\n---'],
    ['not in a list of the body', '---\nb: 2\n---\naliases: [x]\n', 'aliases: [Lab - X]\n---\naliases: [x]'],
  ])('%s', (_, text, expected) => {
    const added = addAlias(text, 'Lab - X');
    expect(added).toContain(expected);
    expect(aliasesOf(parseFrontmatter(added).data).at(-1)).toBe('Lab - X');
  });

  it('changes nothing when it has that name, in any case', () => {
    const text = '---\naliases: [Lab - x]\n---\n';
    expect(addAlias(text, 'lab -  X')).toBe(text);
  });

  it('leaves a note alone whose properties cannot be read', () => {
    expect(() => addAlias('---\na: 1\nb: "x\n---\n', 'X')).toThrow(/Line 3 of the frontmatter/);
  });

  it('adds one name and leaves every other byte, whatever the name and the note', () => {
    const property = fc.constantFrom(
      'a: 1',
      'b: "x" # why',
      "list:\n  - 'one'\n  - two",
      'title:   spaced',
      'c: {d: 1}',
    );
    const aliases = fc.constantFrom(
      '',
      'aliases: []',
      'aliases: [x, "y, z"]',
      'aliases:\n  - x\n  - "y"',
      'aliases:\n- x',
    );
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => text.trim() === text && text !== '' && !/[\n\r]/.test(text));
    const body = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(property), aliases, name, body, (properties, list, alias, words) => {
        const text = ['---', ...properties, ...(list === '' ? [] : [list]), '---', words].join('\n');
        const { data, problem } = parseFrontmatter(text);
        // A property given twice is no YAML.
        if (problem) return;
        const added = addAlias(text, alias);
        const after = parseFrontmatter(added);
        expect(after.data).toEqual({
          ...data,
          aliases: added === text ? data['aliases'] : [...aliasesOf(data), alias],
        });
        let same = 0;
        while (same < text.length && added[same] === text[same]) same++;
        expect(added.endsWith(text.slice(same))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
