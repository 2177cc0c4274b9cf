import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../src/base/textEdit';
import { pinOutput } from '../../src/cells/pin';
import { scanCells } from '../../src/cells/scan';

function pin(text: string, output: string, at = 0): string {
  const cell = scanCells(text)[at];
  const edit = cell && pinOutput(text, cell, output, { exit: 0, host: 'my lab' });
  if (!edit) throw new Error('Nothing was pinned.');
  return applyEdit(text, edit);
}
const INFO = '{exit=0 host="my lab"}';

describe('pinning an output', () => {
  it('puts a fence below the cell and leaves every other byte alone', () => {
    expect(pin('# A\n\n```bash\nls\n```\n\nafter\n', 'a\n  b')).toBe(
      `# A\n\n\`\`\`bash\nls\n\`\`\`\n\n\`\`\`output ${INFO}\na\n  b\n\`\`\`\n\nafter\n`,
    );
  });

  it('replaces what was pinned before, and only that', () => {
    const once = pin('```bash\nls\n```\n\n```output\nmine\n```\n', 'one');
    const other = pin(once.replace('```bash', 'text\n\n```bash') + '\n```bash\npwd\n```\n', 'two');
    expect(other.match(/```output/g)).toHaveLength(1);
    expect(other).toContain('two');
    expect(pin(once, 'one')).toBe(once);
  });

  it('keeps callout prefixes, list indentation and CRLF', () => {
    expect(pin('> [!tip]\n> ```bash\n> ls\n> ```\nafter\n', 'a\n\nb')).toBe(
      `> [!tip]\n> \`\`\`bash\n> ls\n> \`\`\`\n>\n> \`\`\`output ${INFO}\n> a\n>\n> b\n> \`\`\`\nafter\n`,
    );
    expect(pin('1. x\n   ```bash\n   ls\n   ```\n', 'a')).toContain(
      `\n   \`\`\`output ${INFO}\n   a\n   \`\`\`\n`,
    );
    const crlf = pin('```bash\r\nls\r\n```\r\nafter\r\n', 'a\nb');
    expect(crlf.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('cannot be broken out of, and is never a cell', () => {
    const pinned = pin('```bash\nls\n```', 'x\n````\n```bash\nrm -rf /\n```');
    expect(scanCells(pinned).map(({ source }) => source)).toEqual(['ls']);
    expect(pinned.startsWith('```bash\nls\n```\n\n`````output')).toBe(true);
  });

  it('is refused when the cell is gone or its fence never closes', () => {
    expect(pinOutput('no cell', { id: 'x' }, '', {})).toBeNull();
    const open = '```bash {#x}\nls';
    expect(pinOutput(open, { id: 'x' }, '', {})).toBeNull();
  });
});
