import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../src/cells/pin';
import { scanCells } from '../../src/cells/scan';
import { acceptExpected, writeExpected } from '../../src/cells/expectEdit';
import { expectationsOf, judge } from '../../src/views/cell/expectations';

const note = (expect: string, body: string) =>
  `\`\`\`bash {#a name=list}\nls\n\`\`\`\n\n\`\`\`text {expect ${expect}}\n${body}\n\`\`\`\n`;

function verdict(expected: string, body: string, output: string) {
  const cells = scanCells(note(expected, body));
  const [cell] = cells;
  const [fence] = cell ? expectationsOf(cell, cells) : [];
  return fence ? judge(fence, output).mismatch : 'none';
}

describe('what a note expects of a cell', () => {
  it('is found by the cell’s id or name; what belongs to a fault is not held against it', () => {
    expect(verdict('of=a', 'x', 'x')).toBeNull();
    expect(verdict('of=list', 'x', 'y')).toMatchObject({ wanted: 'x' });
    expect(verdict('of=b', 'x', 'x')).toBe('none');
    expect(verdict('of=a fault=f', 'x', 'x')).toBe('none');
  });

  it('is compared as `match` and `mask` say', () => {
    expect(verdict('of=a', 'two', 'one\ntwo\nthree')).toBeNull();
    expect(verdict('of=a match=lines', 'two', 'one\ntwo')).not.toBeNull();
    expect(verdict('of=a match=regex', '^t.o$', 'one\ntwo')).toBeNull();
    expect(verdict('of=a match=lines mask=all', 'rtt 1 ms', 'rtt 22 ms')).toBeNull();
  });
});

describe('accepting an output as expected', () => {
  it('writes it into the fence and leaves the info string and all else alone', () => {
    const text = note('of=a   mask="mac"', 'old\nlines');
    const fence = scanCells(text)[1]?.id ?? '';
    const edit = acceptExpected(text, fence, 'new');
    expect(edit && applyEdit(text, edit)).toBe(note('of=a   mask="mac"', 'new'));
    expect(acceptExpected(text, fence, 'a\n```')).toBeNull();
  });

  it('keeps the prefixes of a callout and CRLF', () => {
    const text = '> ```text {expect of=a}\r\n> old\r\n> ```\r\n';
    const edit = acceptExpected(text, scanCells(text)[0]?.id ?? '', 'new\n\nmore');
    expect(edit && applyEdit(text, edit)).toBe(
      '> ```text {expect of=a}\r\n> new\r\n>\r\n> more\r\n> ```\r\n',
    );
  });

  it('writes a first fence for a cell that has a name, and none for one that has not', () => {
    const text = '```bash {#a}\nls\n```\nafter\n';
    const edit = writeExpected(text, { below: 'a', of: 'a' }, 'x');
    expect(edit && applyEdit(text, edit)).toBe(
      '```bash {#a}\nls\n```\n\n```text {expect of=a}\nx\n```\nafter\n',
    );
    const unnamed = '```bash\nls\n```\n';
    const id = scanCells(unnamed)[0]?.id ?? '';
    expect(writeExpected(unnamed, { below: id, of: id }, 'x')).toBeNull();
  });
});
