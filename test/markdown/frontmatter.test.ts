import { describe, expect, it } from 'vitest';
import { parseFrontmatter, textList } from '../../src/markdown/frontmatter';

const note = (yaml: string) => parseFrontmatter(`---\n${yaml}\n---\nbody\n`);

describe('frontmatter', () => {
  it('is read with dates as text, and tells where the body begins', () => {
    expect(note('a: 1\ncreated: 2025-10-26T17:16:00Z')).toEqual({
      data: { a: 1, created: '2025-10-26T17:16:00Z' },
      bodyLine: 5,
      problem: null,
    });
  });

  it.each([
    ['not on the first line', '\n---\na: 1\n---\n'],
    ['absent', 'a: 1\n'],
  ])('is none when %s', (_, text) => {
    expect(parseFrontmatter(text)).toEqual({ data: {}, bodyLine: 1, problem: null });
  });

  it('may be empty, have Windows line ends or a byte order mark', () => {
    expect(note('')).toMatchObject({ data: {}, bodyLine: 4, problem: null });
    expect(parseFrontmatter('\uFEFF---\r\na: b\r\n---\r\n')).toMatchObject({ data: { a: 'b' }, bodyLine: 4 });
  });

  it.each([
    ['a list that never closes', 'type: map\naliases: [x\nuid: 7', 3],
    ['two colons', 'type: map\ntitle: a: b\nuid: 7', 3],
    ['a quote that never closes', 'type: map\ntitle: "a\nuid: 7', 3],
    ['a tab as indentation', 'type: map\nlist:\n\t- a\nuid: 7', 4],
  ])('with %s names the line and keeps the other properties', (_, yaml, line) => {
    const { data, problem } = note(yaml);
    expect(data).toMatchObject({ type: 'map', uid: 7 });
    expect(problem?.what).toBe(`Line ${line} of the frontmatter is not valid YAML.`);
  });

  it('keeps lists of a broken block', () => {
    expect(note('aliases:\n- a\n- b\ntags: [c]\nx: y: z').data).toEqual({ aliases: ['a', 'b'], tags: ['c'] });
  });

  it('names a property that is given twice', () => {
    expect(note('a: 1\nb: 2\na: 3').problem?.what).toBe('Line 4 of the frontmatter is not valid YAML.');
  });

  it('that never closes is told, and a rule on the first line is none', () => {
    expect(parseFrontmatter('---\ntype: map\n\n# Map\n')).toMatchObject({
      data: {},
      bodyLine: 1,
      problem: { what: 'The frontmatter that opens on line 1 never closes.' },
    });
    expect(parseFrontmatter('---\n\nAfter the rule: text\n').problem).toBeNull();
  });

  it('must be properties', () => {
    expect(note('- a\n- b').problem?.what).toBe('The frontmatter is not a list of properties.');
  });
});

describe('a value as a list of texts', () => {
  it.each([
    [undefined, []],
    [null, []],
    ['', []],
    ['a', ['a']],
    [7, ['7']],
    [
      ['a', null, 8, { b: 1 }],
      ['a', '8'],
    ],
  ])('%j is %j', (value, expected) => expect(textList(value)).toEqual(expected));
});
