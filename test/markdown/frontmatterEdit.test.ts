import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrontmatter } from '../../src/markdown/frontmatter';
import { addToList, setProperty, yamlList, yamlText } from '../../src/markdown/frontmatterEdit';

describe('setting a property', () => {
  it('replaces its value, on one line or many, and nothing else', () => {
    const text = '---\na: 1\nlist:\n  - x\n\n  - y\n# why\nb: 2\n---\n\nlist: no property\n';
    expect(setProperty(text, 'list', '[z]')).toBe(
      '---\na: 1\nlist: [z]\n# why\nb: 2\n---\n\nlist: no property\n',
    );
    expect(setProperty(text, 'a', '3')).toBe(text.replace('a: 1', 'a: 3'));
  });

  it('adds a new one last, and frontmatter to a note without', () => {
    expect(setProperty('---\na: 1\n---\nx', 'b', '2')).toBe('---\na: 1\nb: 2\n---\nx');
    expect(setProperty('# Title\n', 'b', '2')).toBe('---\nb: 2\n---\n# Title\n');
  });

  it('keeps line ends and the byte order mark', () => {
    expect(setProperty('\uFEFF---\r\na: 1\r\n---\r\nx\r\n', 'a', '2')).toBe(
      '\uFEFF---\r\na: 2\r\n---\r\nx\r\n',
    );
  });

  it('writes whatever text as one value that is read back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (items, body) => {
        const text = setProperty(`---\nstatus: x\n---\n${body}`, 'status', yamlList(items));
        expect(parseFrontmatter(text).data['status']).toEqual(items);
        expect(text.endsWith(`---\n${body}`)).toBe(true);
      }),
    );
    expect(yamlText('a: "b"')).toBe('"a: \\"b\\""');
  });
});

describe('one more item in a list', () => {
  it('stands on a line of its own where the others do, with their indentation', () => {
    for (const dash of ['  - ', '- ']) {
      const text = `---\nlist:\n${dash}a\n${dash}b\n\nnext: 1\n---\nbody\n`;
      expect(addToList(text, 'list', '[[c]]')).toBe(text.replace(`${dash}b\n`, `${dash}b\n${dash}"[[c]]"\n`));
      expect(addToList(text.replaceAll('\n', '\r\n'), 'list', 'c')).toContain(
        `${dash}b\r\n${dash}"c"\r\n\r\n`,
      );
    }
  });

  it('leaves a byte order mark, a comment and an item of several lines as they are', () => {
    for (const rest of ['  # more to come\n', '  - >-\n    a long\n    one\n', '  - b:\n      - c\n']) {
      const list = `\uFEFF---\nlist:\n  - a\n${rest}`;
      expect(addToList(`${list}---\nbody`, 'list', 'z')).toBe(`${list}  - "z"\n---\nbody`);
    }
  });

  it('makes the list, or goes into one on one line', () => {
    expect(addToList('---\na: 1\n---\nx', 'list', 'c')).toBe('---\na: 1\nlist: ["c"]\n---\nx');
    expect(addToList('---\nlist: [a, b]\n---\nx', 'list', 'c')).toBe('---\nlist: ["a", "b", "c"]\n---\nx');
    expect(addToList('---\nlist: []\n---\nx', 'list', 'c')).toBe('---\nlist: ["c"]\n---\nx');
    expect(addToList('---\nlist:\nb: 1\n---\nx', 'list', 'c')).toBe('---\nlist: ["c"]\nb: 1\n---\nx');
    expect(addToList('no frontmatter', 'list', 'c')).toBe('---\nlist: ["c"]\n---\nno frontmatter');
  });
});
