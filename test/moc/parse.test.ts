import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMoc, parseMoc } from '../../src/moc/parse';

const SEED = 'MOC - Hands-on Container Labs.md';
const seed = parseMoc(readFileSync(`test/fixtures/seed-vault/${SEED}`, 'utf8'), SEED);
const parse = (text: string) => parseMoc(text, 'Map.md');
const titles = (text: string) => parse(text).items.map(({ title }) => title);

describe('the seed note', () => {
  const by = (mark: string | null) => seed.items.filter(({ planned }) => planned === mark);

  it('has 15 items planned by a marker, 9 by their heading and 9 links to 8 notes', () => {
    expect(by('marker')).toHaveLength(15);
    expect(by('heading')).toHaveLength(9);
    expect(by(null)).toHaveLength(9);
    expect(new Set(by(null).map(({ link }) => link?.target)).size).toBe(8);
    expect(seed.problems.map(({ what }) => what)).toEqual([
      'The headings on lines 31, 38, 45, 52 stand in a broken encoding.',
    ]);
  });

  it('has its marked items in four sections', () => {
    const sections = [...new Set(by('marker').map(({ section }) => section))];
    const perSection = sections.map((name) => by('marker').filter(({ section }) => section === name).length);
    expect(perSection).toEqual([3, 4, 4, 4]);
  });

  it('has three tracks of four steps, one of them linked', () => {
    expect(seed.tracks.map(({ title }) => title)).toEqual([
      'Beginner Track',
      'Intermediate Track',
      'Advanced Track',
    ]);
    const steps = seed.tracks.flatMap((track) => track.steps);
    expect(steps).toHaveLength(12);
    expect(steps.filter(({ link }) => link !== null).map(({ title }) => title)).toEqual(['Linux Networking']);
    expect(steps.every(({ planned }) => planned === null)).toBe(true);
  });

  it('tells kinds by prefix, then by section', () => {
    const kinds = Object.fromEntries(seed.items.map(({ title, kind }) => [title, kind]));
    expect(kinds).toMatchObject({
      'DEBUG - Pod cannot resolve DNS names': 'debug',
      'DNS resolution issues': 'debug',
      'Lab - Implement Simple CNI Plugin': 'lab',
      'MOC - Linux Container Primitives': 'map',
      'Linux Networking': 'guide',
      'Memory usage analysis': 'guide',
    });
  });

  it('keeps description, section and place of an item', () => {
    const item = seed.items.find(({ title }) => title === 'Implement simple CNI plugin');
    expect(item).toMatchObject({ description: 'Write basic networking code', line: 35, from: 2, to: 33 });
    expect(item?.section).toContain('Building from Scratch');
    expect(item?.sections).toHaveLength(2);
  });
});

describe('items', () => {
  it('are linked or planned; other bullets are prose', () => {
    expect(
      titles('- Linux host\n- [[A]]\n- **B** (planned)\n- **C**\n- see the [docs](https://x.org)\n'),
    ).toEqual(['A', 'B']);
  });

  it.each([
    ['at the end', '- **A** - words (planned)', 'marker', 'words'],
    ['behind the title', '- **A** (planned) - words', 'marker', 'words'],
    ['as todo, in any case', '- A (TODO)', 'marker', ''],
    ['before a full stop', '- **A** - words (planned).', 'marker', 'words.'],
    ['emphasised', '- **A** - words *(planned)*', 'marker', 'words'],
    ['before a tag and block id', '- **A** - words (planned) #x ^id1', 'marker', 'words'],
    ['on a link', '- [[A]] (planned)', 'marker', ''],
  ])('take a marker %s', (_, text, planned, description) => {
    expect(parse(text).items).toMatchObject([{ title: 'A', planned, description }]);
  });

  it('take no marker from the middle of a sentence or from code', () => {
    expect(titles('- **A** - unlike the (planned) one, it works\n- `(planned)`\n- B `(planned)`\n')).toEqual(
      [],
    );
  });

  it('lose task boxes, whatever stands in them', () => {
    expect(titles('- [ ] [[A]]\n- [x] **B** (planned)\n* [/] C (todo)\n1. [-] [[D]]\n')).toEqual([
      'A',
      'B',
      'C',
      'D',
    ]);
  });

  it('are found in nested lists and know the row above them', () => {
    const { items } = parse('- Group\n  - [[A]]\n    - [[B]]\n\t- [[C]]\n- [[D]]\n');
    expect(items.map(({ title, parent }) => [title, parent])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 2],
      ['D', null],
    ]);
  });

  it('are found in callouts', () => {
    expect(titles('> [!note] More\n> - [[A]]\n>   - B (planned)\n')).toEqual(['A', 'B']);
  });

  it('take the words of a bold name, also when the colon is bold', () => {
    expect(parse('- **A:** words (planned)').items).toMatchObject([{ title: 'A', description: 'words' }]);
  });

  it('take the name of a link: without folder, display text, heading or extension', () => {
    expect(titles('- [[x/A|shown]]\n- [[B#part]]\n- [c](x/C%20c.md)\n- **[[D]]** - d\n- ![[E]]\n')).toEqual([
      'A',
      'B',
      'C c',
      'D',
      'E',
    ]);
  });

  it('are not pictures, files, or links into the same note', () => {
    expect(titles('- ![[p.png]]\n- [[paper.pdf]]\n- [[#Below]]\n- [[Node.js basics]]\n')).toEqual([
      'Node.js basics',
    ]);
  });

  it('stand for the note they mention when they name nothing else', () => {
    expect(parse('- **Basics** - see [[A]]\n- **B** - see [[A]] (planned)').items).toMatchObject([
      { title: 'A', planned: null },
      { title: 'B', planned: 'marker', link: null },
    ]);
  });

  it('keep the dash of their prefix', () => {
    expect(parse('- DEBUG - no route - after reboot (planned)').items).toMatchObject([
      { title: 'DEBUG - no route', kind: 'debug', description: 'after reboot' },
    ]);
  });
});

describe('what is not read', () => {
  it('is frontmatter, code and comments', () => {
    const text = `---
list:
- "[[F]]"
---
\`\`\`md
- [[C]]
\`\`\`
%% - [[H]]
- [[I]]
%%
<!--
- [[J]]
-->
- [[A]] %%[[K]]%%

words

    - [[indented code]]
`;
    expect(titles(text)).toEqual(['A']);
    expect(parse(text).items[0]?.description).toBe('');
  });

  it('leaves a percent sign alone that opens no comment', () => {
    expect(titles('- **A** - 100 %% of it (planned)\n- [[B]]\n')).toEqual(['A', 'B']);
  });

  it.each([
    ['code block', '- [[A]]\n```bash\n- [[B]]\n', 2],
    ['comment', '- [[A]]\n%%\n- [[B]]\n', 2],
  ])(
    'swallows the rest behind a %s that never closes, and says on which line it opens',
    (what, text, line) => {
      const moc = parse(text);
      expect(moc.items.map(({ title }) => title)).toEqual(['A']);
      expect(moc.problems[0]?.what).toBe(`The ${what} that opens on line ${line} never closes.`);
    },
  );
});

describe('planned headings', () => {
  it.each(['Planned Labs', 'TODO', 'To-do: todo', '🚧 Labs (planned)', 'Notes to write', 'To write'])(
    '"%s" plans the bullets below it, also under its subheadings',
    (heading) => {
      const { items } = parse(`## ${heading}\n\n- A - a\n\n### More\n\n- **B**\n\n## Other\n\n- C\n`);
      expect(items.map(({ title, planned }) => [title, planned])).toEqual([
        ['A', 'heading'],
        ['B', 'heading'],
      ]);
    },
  );

  it.each(['How to write a plugin', 'What to do', 'Unplanned outages', 'No longer planned', 'Planning'])(
    '"%s" plans nothing',
    (heading) => expect(titles(`## ${heading}\n\n- A\n`)).toEqual([]),
  );

  it('may be underlined', () => {
    expect(titles('Planned\n-------\n\n- A\n')).toEqual(['A']);
  });
});

describe('tracks', () => {
  const track = (text: string) =>
    parse(text).tracks.map(({ title, steps }) => [title, steps.map((step) => step.title)]);

  it.each([
    'Learning Path',
    '\u{1F9ED} Roadmap',
    '√¢ Curriculum',
    'Study plan',
    'Track 2',
    'Track B: Storage',
  ])('are numbered lists under "%s"', (heading) =>
    expect(track(`## ${heading}\n\n1. A\n2. **B** - b\n`)).toEqual([[heading, ['A', 'B']]]),
  );

  it.each(['Packet path', 'Track down leaks', 'Connection tracking', 'Steps'])(
    'are none under "%s"',
    (heading) => expect(track(`## ${heading}\n\n1. A\n2. B\n`)).toEqual([]),
  );

  it('take their name from the nearest heading, whatever it says', () => {
    expect(
      track('## Learning Path\n\n### First\n\n1. A\n\n### Second\n\n1. B\n\n## Other\n\n1. C\n'),
    ).toEqual([
      ['First', ['A']],
      ['Second', ['B']],
    ]);
  });

  it('go on over blank lines, code and nested rows', () => {
    const moc = parse('## Path\n\n1. A\n   - [[Child]]\n\n2. B\n\n```sh\nls\n```\n\n3. C\n   1. [[Sub]]\n');
    expect(moc.tracks[0]?.steps.map(({ title }) => title)).toEqual(['A', 'B', 'C']);
    expect(moc.items.map(({ title, parent }) => [title, parent])).toEqual([
      ['Child', 3],
      ['Sub', 12],
    ]);
  });

  it('may be several under one heading, named by bullets or by the line above', () => {
    expect(track('## Learning path\n\n- Beginner\n  1. A\n- Advanced\n  1. B\n')).toEqual([
      ['Beginner', ['A']],
      ['Advanced', ['B']],
    ]);
    expect(track('## Learning path\n\n**Beginner**\n\n1. A\n\nAdvanced:\n\n1. B\n2. C\n')).toEqual([
      ['Beginner', ['A']],
      ['Advanced', ['B', 'C']],
    ]);
  });

  it('are not instructions below a note that is called a learning path', () => {
    const text =
      '# Networking learning path\n\n## Install\n\n1. Run it\n2. Wait\n\n## Basics\n\n1. [[A]]\n2. B\n';
    expect(track(text)).toEqual([['Basics', ['A', 'B']]]);
  });

  it('keep the marks of their steps', () => {
    expect(parse('## Path\n\n1. A (planned)\n2. [[B]]\n').tracks[0]?.steps).toMatchObject([
      { title: 'A', planned: 'marker' },
      { title: 'B', planned: null },
    ]);
  });
});

describe('a MOC', () => {
  it('says so by its type', () => {
    expect([isMoc({ type: 'map' }), isMoc({ type: ' Map ' }), isMoc({ type: 'guide' }), isMoc({})]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('has the title of its frontmatter, else of its file', () => {
    expect(parseMoc('---\ntitle: T\n---\n', 'a/F.md').title).toBe('T');
    expect(parseMoc('- x', 'a/F.md').title).toBe('F');
  });

  it('with broken YAML is read, and the problem names the line', () => {
    const moc = parse('---\ntype: map\naliases: [a\ntitle: T\n---\n\n- [[A]]\n');
    expect(moc.items).toHaveLength(1);
    expect(moc.problems[0]?.what).toMatch(/^Line 3 of the frontmatter is not valid YAML\.$/);
  });

  it('reads the same with Windows line ends and a byte order mark', () => {
    const text = '---\ntype: map\n---\n\n## Path\n\n1. A\n\n## Planned\n\n- B - b\n- **C** (planned)\n';
    expect(parse(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(parse(text));
  });
});

describe('any text', () => {
  it('is read without an error, every row within its line', () => {
    const piece = fc.constantFrom(
      '- ',
      '1. ',
      '  ',
      '\t',
      '[[A]]',
      '**',
      '__',
      '`',
      '(planned)',
      '*(todo)*',
      ' - ',
      '> ',
      '# ',
      '## Path',
      '## Planned',
      '%%',
      '<!--',
      '-->',
      '```',
      '~~~',
      '\n',
      '\r\n',
      '---',
      '===',
      'word',
      ': ',
      '[x] ',
      '🧪',
      '![[',
      ']]',
      '|',
      '#',
      '^id',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const lines = text.split(/\r?\n/);
        const moc = parse(text);
        for (const row of [...moc.items, ...moc.tracks.flatMap((track) => track.steps)]) {
          expect(row.title.trim()).not.toBe('');
          const line = lines[row.line - 1] ?? '';
          expect(0 <= row.from && row.from < row.to && row.to <= line.length).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['spaces in a row', `- a${' '.repeat(200_000)}b (planned)`],
    ['spaces in a heading', `# a${' '.repeat(200_000)}b`],
    ['backticks', `- ${'` `` '.repeat(50_000)}`],
    ['brackets', `- ${'[['.repeat(100_000)}`],
    ['markers', `- ${'(planned) x '.repeat(20_000)}`],
    ['stars', `- ${'**'.repeat(100_000)}a`],
    ['comments', '%% a <!-- b\n'.repeat(20_000)],
    ['comment marks in one line', `- a ${'<!--'.repeat(100_000)}`],
    ['closed comments in one line', `- a ${'%%b%% '.repeat(30_000)}`],
    ['quotes', `${'> '.repeat(50_000)}- a`],
    ['nesting', Array.from({ length: 1500 }, (_, i) => `${'  '.repeat(i)}- [[A]]`).join('\n')],
  ])('with very many %s is read to its end', (_, text) => {
    // Work that grows with the square of these would not end within the time a test has; bench/path.ts has figures.
    expect(titles(`${text}\n\n# End\n\n- [[Last]]\n`).at(-1) ?? 'swallowed').toMatch(/^(Last|swallowed)$/);
  });
});

describe('other shapes', () => {
  it('are tables of links, described by their other cells', () => {
    const table =
      '| Note | About |\n| --- | :-: |\n| [[A]] | first, see [[X]] |\n| **B** (planned) | second |\n| plain | [[C\\|shown]] |\n';
    expect(
      parse(`## S\n\n${table}\nText | with [[D]] bars\n`).items.map(
        ({ title, planned, description, line }) => [title, planned, description, line],
      ),
    ).toEqual([
      ['A', null, 'first, see [[X]]', 5],
      ['B', 'marker', 'second', 6],
      ['C', null, '', 7],
    ]);
  });

  it('are tables without bars around them, in callouts, and grids of links', () => {
    expect(titles('a | b\n--|--\n[[A]] | [[B]]\n\n> | x |\n> |---|\n> | [[C]] |\n')).toEqual(['A', 'B', 'C']);
  });

  it('are tables under a planned heading, by their first cells', () => {
    expect(titles('## Planned\n\n| Topic | When |\n|---|---|\n| A | soon |\n| B | later |\n')).toEqual([
      'A',
      'B',
    ]);
  });

  it('are lines of nothing but links or embeds', () => {
    expect(
      titles('[[A]]\n[[B]] · [[C|shown]]\n\n![[D]]\n\nWords and [[E]].\n\nUp: [[F]]\n![[p.png]]\n'),
    ).toEqual(['A', 'B', 'C', 'D']);
  });

  it('are headings and titles of callouts that are links', () => {
    const { items } = parse('## [[A]]\n\n- [[B]]\n\n## About [[X]]\n\n> [!abstract]+ [[C]]\n> - [[D]]\n');
    expect(items.map(({ title, section }) => [title, section])).toEqual([
      ['A', '[[A]]'],
      ['B', '[[A]]'],
      ['C', 'About [[X]]'],
      ['D', 'About [[X]]'],
    ]);
  });

  it.each([
    ['- **Bold *title*** (planned)', 'Bold title'],
    ['- ***All*** (planned)', 'All'],
    ['- __Under _score___ (planned)', 'Under score'],
    ['- *Slanted* title (planned)', 'Slanted title'],
    ['- snake_case_name and 2 * 3 * 4 (planned)', 'snake_case_name and 2 * 3 * 4'],
  ])('%s is called "%s"', (text, title) => expect(titles(text)).toEqual([title]));
});

describe('the words for planned', () => {
  it('are the user’s own', () => {
    const moc = parseMoc('- A (someday)\n- B (planned)\n- C (c++?)\n', 'M.md', {
      markers: ['someday', 'c++?'],
    });
    expect(moc.items.map(({ title }) => title)).toEqual(['A', 'C']);
  });
});
