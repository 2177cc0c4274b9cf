import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoc } from '../../src/moc/parse';
import { linkRow, linkRows } from '../../src/path/linkRow';

const rowsOf = (text: string) => {
  const moc = parseMoc(text, 'M.md');
  return [...moc.items, ...moc.tracks.flatMap((track) => track.steps)];
};
const first = (text: string) => {
  const [row] = rowsOf(text);
  if (!row) throw new Error(`no row in ${text}`);
  return row;
};

describe('turning a row into a link', () => {
  it.each([
    ['- **A** - words (planned)', 'A', '- **[[A]]** - words'],
    ['- A (planned)', 'A', '- [[A]]'],
    ['- A (planned) - words', 'A', '- [[A]] - words'],
    ['- DEBUG - A - words (todo)  ', 'DEBUG - A', '- [[DEBUG - A]] - words  '],
    ['- [ ] __A__ (planned) ^id', 'A', '- [ ] __[[A]]__ ^id'],
    ['- **What is it?** (planned)', 'What is it', '- **[[What is it|What is it?]]**'],
    ['- **A:** words (planned).', 'A', '- **[[A|A:]]** words.'],
    ['- [[A|shown]] (planned)', 'A', '- [[A|shown]]'],
    ['> - A *(planned)*', 'A', '> - [[A]]'],
    ['- a [b] c (planned)', 'a b c', '- [[a b c]]'],
    ['- A %%note%% (planned)', 'A', '- [[A]] %%note%%'],
    ['- **Bold *title*** (planned)', 'Bold title', '- **[[Bold title]]**'],
    ['x | y\n-|-\nA? (planned) | words', 'A', 'x | y\n-|-\n[[A\\|A?]] | words'],
  ])('%s', (text, target, expected) => expect(linkRow(text, first(text), target)).toBe(expected));

  it('leaves every other byte of the seed alone', () => {
    const text = readFileSync('test/fixtures/seed-vault/MOC - Hands-on Container Labs.md', 'utf8');
    const planned = rowsOf(text).filter(({ link }) => link === null);
    const linked = linkRows(
      text,
      planned.map((item) => ({ item, target: item.title })),
    );
    const changed = new Set(planned.map(({ line }) => line));
    expect(changed.size).toBe(35);
    linked.split('\n').forEach((line, i) => {
      if (!changed.has(i + 1)) expect(line).toBe(text.split('\n')[i]);
      else expect(line.replace(/\[\[|\]\]/g, '')).toBe(text.split('\n')[i]?.replace(/ \(planned\)$/, ''));
    });
    expect(rowsOf(linked).every(({ link }) => link !== null)).toBe(true);
    // What stays planned is what the heading says, and that is the heading's business.
    expect(rowsOf(linked).filter(({ planned: mark }) => mark === 'marker')).toEqual([]);
  });

  it('finds a row again that has moved, by its title', () => {
    const item = first('- A (planned)\n');
    expect(linkRow('new first line\n\n- B (todo)\n- A (planned)\n', item, 'A')).toBe(
      'new first line\n\n- B (todo)\n- [[A]]\n',
    );
  });

  it('changes nothing when the row is gone or linked already', () => {
    const item = first('- A (planned)\n');
    for (const text of ['- B (planned)\n', '- [[A]]\n', '']) expect(linkRow(text, item, 'A')).toBe(text);
  });

  it('keeps Windows line ends and the byte order mark', () => {
    const text = '\uFEFF- A (planned)\r\n- B\r\n';
    expect(linkRow(text, first(text), 'A')).toBe('\uFEFF- [[A]]\r\n- B\r\n');
  });

  it('changes only the row’s title and marker, whatever stands around it', () => {
    const word = fc.stringMatching(/^[A-Za-zäß🧪]{1,8}$/u);
    const other = fc.oneof(
      fc.constantFrom(
        '',
        '## Heading',
        '%% hidden %%',
        '```',
        '```bash',
        '- [[X]]',
        '1. step',
        '\ttab',
        '> quote',
      ),
      fc.string({ unit: 'grapheme' }).map((line) => line.replace(/[\r\n]/g, '')),
    );
    const row = fc.record({
      indent: fc.constantFrom('', '  '),
      box: fc.constantFrom('', '[ ] ', '[x] '),
      marks: fc.constantFrom('', '**'),
      title: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `zz ${words.join(' ')}`),
      description: fc.constantFrom('', ' - some words', ' – see [[Y]]'),
    });
    fc.assert(
      fc.property(
        fc.array(other, { maxLength: 6 }),
        row,
        fc.array(other, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        (before, { indent, box, marks, title, description }, after, end) => {
          const head = `${indent}- ${box}${marks}`;
          const line = `${head}${title}${marks}${description} (planned)`;
          const text = [...before, line, ...after].join(end);
          const item = rowsOf(text).find((found) => found.title === title);
          // An unclosed fence or comment above hides the row.
          if (!item) return;
          const expected = `${head}[[${title}]]${marks}${description}`;
          expect(linkRow(text, item, title)).toBe([...before, expected, ...after].join(end));
        },
      ),
      { numRuns: 500 },
    );
  });
});
