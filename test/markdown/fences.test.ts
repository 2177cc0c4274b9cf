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
