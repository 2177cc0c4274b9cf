import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { scanFences } from '../../src/markdown/fences';

const bodies = (text: string) => scanFences(text).map((fence) => fence.body);

describe('fences', () => {
  it('gives lines, info string and body', () => {
    expect(scanFences('a\n\n```bash {#x}\nls\n\npwd\n```\n')).toEqual([
      { line: 3, endLine: 7, closed: true, info: 'bash {#x}', body: 'ls\n\npwd', trailing: '' },
    ]);
  });

  it('keeps a shorter fence inside a longer one as text', () => {
    expect(bodies('````md\n```bash\nls\n```\n````')).toEqual(['```bash\nls\n```']);
  });

  it('knows tilde fences, which backticks do not close', () => {
    expect(bodies('~~~sh\n```\n~~~')).toEqual(['```']);
  });

  it('reports a fence that never closes, up to the last line', () => {
    expect(scanFences('```bash\nls\n')).toMatchObject([{ line: 1, endLine: 2, closed: false, body: 'ls' }]);
  });

  it('strips callout prefixes and ends with the callout', () => {
    expect(bodies('> [!tip]- Hint\n> ```bash\n> ls\n>\n> pwd\n> ```\n')).toEqual(['ls\n\npwd']);
    expect(scanFences('> ```bash\n> ls\nafter\n')).toMatchObject([{ line: 1, endLine: 2, body: 'ls' }]);
  });

  it('strips list indentation, also of nested items', () => {
    expect(bodies('1. do\n\n   ```bash\n   ls\n     -a\n   ```\n')).toEqual(['ls\n  -a']);
    expect(bodies('- a\n  - b\n    ```bash\n    ls\n    ```\n')).toEqual(['ls']);
    expect(bodies('- ```bash\n  ls\n  ```\n')).toEqual(['ls']);
  });

  it('leaves indented code alone', () => {
    expect(bodies('text\n\n    ```bash\n    ls\n    ```\n')).toEqual([]);
  });

  it('does not take inline code or frontmatter for a fence', () => {
    expect(bodies('```not a fence```\n')).toEqual([]);
    expect(bodies('---\na: |\n  ```bash\n  x\n  ```\n---\n')).toEqual([]);
  });

  it('reads CRLF notes', () => {
    expect(bodies('```bash\r\nls\r\npwd\r\n```\r\n')).toEqual(['ls\npwd']);
  });

  it('accepts a marker behind the closing fence', () => {
    expect(scanFences('```\nls\n```{{exec}}\n')).toMatchObject([
      { closed: true, trailing: '{{exec}}', body: 'ls' },
    ]);
  });
});

describe('fences in nested blocks', () => {
  it('are found in a callout inside a list item, and in a list inside a callout', () => {
    expect(bodies('- step\n  > [!tip]\n  > ```bash\n  > ls\n  > ```\n')).toEqual(['ls']);
    expect(bodies('> 1. step\n>    ```bash\n>    ls\n>    ```\n')).toEqual(['ls']);
  });

  it('keep the tabs of their code and lose those of the list', () => {
    expect(bodies('```make\nall:\n\techo\n```\n')).toEqual(['all:\n\techo']);
    expect(bodies('-\t```make\n\tall:\n\t\techo\n\t```\n')).toEqual(['all:\n\techo']);
  });

  it('are not looked for in HTML comments', () => {
    expect(bodies('<!--\n```bash\nrm\n```\n-->\n\n```bash\nls\n```\n')).toEqual(['ls']);
  });
});

describe('agreement with a CommonMark parser', () => {
  const markdownIt = new MarkdownIt();
  const piece = fc.constantFrom(
    ...[
      '```',
      '```bash',
      '~~~',
      '````',
      'ls',
      '',
      '- ',
      '1. ',
      '2) ',
      '> ',
      '  ',
      '    ',
      '\t',
      'x',
      '# h',
      '---',
      '-->',
    ],
  );
  const line = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  const note = fc.array(line, { maxLength: 10 }).map((lines) => `first\n\n${lines.join('\n')}\n`);
  // markdown-it takes `>` behind four columns inside a quote for a quote; CommonMark §5.1 allows three.
  const quirk = /^(?: {4,}| {0,3}\t)\s*>/m;

  it('holds behind a heading that is underlined with one dash', () => {
    expect(scanFences('text\n- \n2) \n\t```\n').map((fence) => fence.line)).toEqual([4]);
  });

  it('holds for lines, info string and body of any nesting of quotes, lists and fences', () => {
    fc.assert(
      fc.property(
        note.filter((text) => !quirk.test(text)),
        (text) => {
          const expected = markdownIt
            .parse(text, {})
            .filter((token) => token.type === 'fence')
            .map((token) => [(token.map?.[0] ?? 0) + 1, token.info.trim(), token.content.replace(/\n$/, '')]);
          expect(scanFences(text).map((fence) => [fence.line, fence.info, fence.body])).toEqual(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
