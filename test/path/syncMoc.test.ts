import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readable, repairHeadings } from '../../src/markdown/readable';
import { changedLines } from '../../src/path/lineDiff';
import { linkRows } from '../../src/path/linkRow';
import { linkTexts } from '../../src/path/linkText';
import { staleRows } from '../../src/path/syncMoc';
import { facts, mapNote, pathOf, type Texts } from './helpers';

function synced(texts: Texts): string {
  const moc = pathOf(texts).moc('M.md');
  return moc ? linkRows(texts['M.md'] ?? '', staleRows(moc, linkTexts(facts(texts)))) : '';
}

describe('a map brought up to date', () => {
  it('links what is written and takes its marker away, and leaves stubs and plans alone', () => {
    const text = mapNote(
      '- **A** - words (planned)\n- [[B]] (planned)\n- C (planned)\n- D (planned)\n\n## Planned\n\n- E\n',
    );
    const written = {
      'A.md': '',
      'x/B.md': '',
      'C.md': '---\nstatus: stub\n---\n',
      'E.md': '',
      'y/E.md': '',
    };
    expect(changedLines(text, synced({ 'M.md': text, ...written }))).toEqual([
      { line: 5, before: '- **A** - words (planned)', after: '- **[[A]]** - words' },
      { line: 6, before: '- [[B]] (planned)', after: '- [[B]]' },
      { line: 12, before: '- E', after: '- [[E]]' },
    ]);
  });

  it('changes no byte of any other line', () => {
    const title = fc.constantFrom('A', 'B', 'C d', 'X');
    const line = fc.oneof(
      title.map((name) => `- ${name} (planned)`),
      title.map((name) => `- **${name}** (todo) - text`),
      title.map((name) => `| ${name} (planned) | b |`),
      fc.constantFrom(
        '',
        '## H',
        '| a | b |',
        '|---|---|',
        '```',
        '- [[A]]',
        '\tx',
        'text  ',
        '> - A (planned)',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = `---\ntype: map\n---\n${lines.join('\n')}\n`.replaceAll('\n', end);
        const after = synced({ 'M.md': text, 'A.md': '', 'C d.md': '' });
        expect(after.split('\n')).toHaveLength(text.split('\n').length);
        for (const change of changedLines(text, after)) {
          const plain = (words: string) => words.replace(/\[\[|\]\]/g, '');
          expect(plain(change.after)).toBe(plain(change.before).replace(/ \((?:planned|todo)\)/, ''));
          expect(change.after).toMatch(/\[\[(?:A|C d)\]\]/);
        }
        expect(synced({ 'M.md': after, 'A.md': '', 'C d.md': '' })).toBe(after);
      }),
      { numRuns: 200 },
    );
  });
});

describe('headings whose emoji were broken', () => {
  const text = readFileSync('test/fixtures/seed-vault/MOC - Hands-on Container Labs.md', 'utf8');

  it('are repaired, and no other line is touched', () => {
    const changes = changedLines(text, repairHeadings(text));
    expect(changes.map(({ after }) => after)).toContain('### 🛠️ Building from Scratch');
    for (const { before, after } of changes) {
      expect(before.startsWith('#')).toBe(true);
      expect(after).toBe(readable(before));
    }
    expect(repairHeadings(repairHeadings(text))).toBe(repairHeadings(text));
  });

  it('are left alone in code', () => {
    const code = '```\n# üîç x\n```\n';
    expect(repairHeadings(code)).toBe(code);
  });
});
