import { describe, expect, it } from 'vitest';
import { blankInlineCode, findLinks, leadsToNote, linkName, parseLinkText } from '../../src/markdown/links';

const one = (line: string) => findLinks(line)[0];

describe('links', () => {
  it.each([
    ['[[A]]', { target: 'A', subpath: null, display: null, embed: false, from: 0, to: 5 }],
    ['[[x/A#Part|shown]]', { target: 'x/A', subpath: 'Part', display: 'shown' }],
    ['![[A#^id]]', { target: 'A', subpath: '^id', embed: true }],
    ['| [[A\\|shown]] |', { target: 'A', display: 'shown' }],
    ['[t](x/A%20b.md#Part)', { target: 'x/A b', subpath: 'Part', display: 't' }],
    ['[t](<A b.md>)', { target: 'A b' }],
    ['[t](C%23.md)', { target: 'C#', subpath: null }],
    ['[t](100%.md)', { target: '100%' }],
  ])('%s', (line, expected) => expect(one(line)).toMatchObject(expected));

  it.each(['[t](https://x.org/a.md)', '[t](mailto:a@b)', '[t]', '[[ ]', '[t]()'])('%s is none', (line) =>
    expect(findLinks(line)).toEqual([]),
  );

  it('come in the order in which they stand', () => {
    expect(findLinks('[a](A.md) [[B]] [c](C)').map(({ target }) => target)).toEqual(['A', 'B', 'C']);
  });

  it('lead to notes, not to pictures nor into their own note', () => {
    const lead = (line: string) => findLinks(line).map(leadsToNote);
    expect(lead('[[A]] [[Node.js]] [[v1.2]] ![[p.PNG]] [[a.pdf]] [[#x]]')).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('are named by their last part', () => {
    expect([linkName('x/y/A'), linkName('A.md')]).toEqual(['A', 'A']);
    expect([parseLinkText('[[x/A|b]]'), parseLinkText(' A ')]).toEqual(['x/A', 'A']);
  });

  it('in code are blanked without moving what follows', () => {
    expect(blankInlineCode('a `[[A]]` b ``c ` d`` [[E]]')).toBe('a         b           [[E]]');
  });
});
