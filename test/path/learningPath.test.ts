import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../src/base/problem';
import { pathToJson } from '../../src/path/json';
import type { LearningPath } from '../../src/path/model';
import { mapNote, pathOf } from './helpers';

const SEED = 'MOC - Hands-on Container Labs.md';
const seedText = readFileSync(`test/fixtures/seed-vault/${SEED}`, 'utf8');
const warnings = (path: LearningPath) => path.warnings.map(describeProblem);
const node = (path: LearningPath, title: string) =>
  [...path.nodes.values()].find((each) => each.places.some(({ row }) => row.title === title));

describe('the path of a vault that holds only the seed', () => {
  const path = pathOf({ [SEED]: seedText });

  it('counts 15 marked, 9 under a heading, 12 steps in 3 tracks and 8 unresolved notes', () => {
    expect(path.progress).toMatchObject({
      planned: { marker: 15, heading: 9 },
      unresolved: 8,
      steps: 12,
      tracks: 3,
      items: 33,
      written: 0,
      completed: 0,
      percent: 0,
    });
    expect(warnings(path)).toEqual([
      expect.stringContaining('The headings on lines 31, 38, 45, 52 stand in a broken encoding.'),
    ]);
  });

  it('folds the note that three rows name into one node', () => {
    expect(node(path, 'Linux Networking')?.places.map(({ role }) => role)).toEqual(['item', 'step', 'item']);
    // 15 + 9 + 8 + 11 plain steps and the MOC itself
    expect(path.nodes.size).toBe(44);
  });

  it('is told as JSON of the documented shape', () => {
    const json = pathToJson(path);
    expect(Object.keys(json)).toEqual(['mocs', 'progress', 'burnDown', 'warnings']);
    const [moc] = json.mocs;
    expect(moc?.path).toBe(SEED);
    expect(moc?.items[1]).toEqual({
      title: 'Build container network manually',
      kind: 'guide',
      planned: 'marker',
      note: null,
      state: 'planned',
      section: expect.stringContaining('Building from Scratch') as unknown,
      line: 34,
    });
    expect(moc?.tracks.map(({ steps }) => steps.slice(0, 2))[0]).toEqual([
      { title: 'Linux Networking', note: null, state: 'planned', planned: 'unresolved' },
      { title: 'Network namespace labs', note: null, state: 'planned', planned: null },
    ]);
    const unresolved = moc?.items.filter(({ planned }) => planned === 'unresolved') ?? [];
    expect(new Set(unresolved.map(({ title }) => title)).size).toBe(8);
  });
});

describe('states', () => {
  it.each([
    ['', 'ready'],
    ['status:\n', 'ready'],
    ['status: in the works\n', 'ready'],
    ['status: Draft\n', 'draft'],
    ['status: stub\n', 'stub'],
    ['status: verified\n', 'verified'],
    ['status: planned\n', 'planned'],
  ])('a note with "%s" is %s', (status, state) => {
    const path = pathOf({ 'M.md': mapNote('- **A** (planned)'), 'A.md': `---\nuid: 1\n${status}---\n` });
    expect(pathToJson(path).mocs[0]?.items).toMatchObject([{ note: 'A.md', state, planned: null }]);
  });

  it('progress is the learner’s, by uid, else by path', () => {
    const texts = {
      'M.md': mapNote('- [[A]]\n- [[B]]\n- [[C]]\n- [[D]]\n- [[MOC - X]]\n'),
      'A.md': '---\nuid: u-1\n---\n',
      'B.md': '',
      'C.md': '---\nstatus: retired\n---\n',
      'D.md': '---\nstatus: stub\n---\n',
    };
    const when = '2026-01-01T00:00:00Z';
    const path = pathOf(texts, {
      'u-1': { state: 'completed', when },
      'B.md': { state: 'in-progress', when },
      'C.md': { state: 'completed', when },
    });
    expect(path.progress).toMatchObject({
      items: 5,
      total: 3,
      written: 2,
      completed: 1,
      inProgress: 1,
      percent: 33,
    });
    expect(path.nodes.get('note:A.md')).toMatchObject({ learner: 'completed', learnedWhen: when });
  });

  it('no entry of the book is taken from the prototype of objects', () => {
    const path = pathOf({ 'M.md': mapNote('- [[A]]'), 'A.md': '---\nuid: constructor\n---\n' });
    expect(path.nodes.get('note:A.md')?.learner).toBe('not-started');
  });
});

describe('folding', () => {
  it('makes one node of an item, a step and a note known by alias, whatever the case', () => {
    const path = pathOf({
      'M.md': mapNote('- **Build it** (planned)\n- [[Lab - Build]]\n\n## Path\n\n1. **BUILD  it**\n'),
      'x/Lab - Build.md': '---\naliases: [Build it]\n---\n',
    });
    expect(path.nodes.get('note:x/Lab - Build.md')?.places).toHaveLength(3);
    expect(path.nodes.get('note:x/Lab - Build.md')?.kind).toBe('lab');
    expect(path.progress.total).toBe(1);
  });

  it('does not take a planned row for the MOC it stands in', () => {
    const path = pathOf({ 'Network.md': mapNote('- **Network** (planned)\n') });
    expect(node(path, 'Network')?.note).toBeNull();
  });

  it('spans MOCs', () => {
    const path = pathOf({
      'A.md': mapNote('- [[B]]\n- [[N]]\n'),
      'B.md': mapNote('- [[N]]\n- [[A]]\n'),
      'N.md': '',
    });
    expect(path.nodes.get('note:N.md')?.places.map(({ moc }) => moc)).toEqual(['A.md', 'B.md']);
    expect(path.mocs.map(({ progress }) => progress.total)).toEqual([1, 1]);
    expect(path.progress).toMatchObject({ items: 4, total: 1 });
  });
});

describe('edges', () => {
  it('are track order, prerequisites and membership', () => {
    const path = pathOf({
      'M.md': mapNote('- C (planned)\n\n## Path\n\n1. [[A]]\n2. [[B]]\n'),
      'A.md': '---\nprerequisites: ["[[C]]"]\n---\n',
      'B.md': '',
    });
    expect(path.edges.map(({ id }) => id)).toEqual([
      'member:note:M.md→planned:c',
      'member:note:M.md→note:A.md',
      'member:note:M.md→note:B.md',
      'track:note:A.md→note:B.md',
      'prerequisite:planned:c→note:A.md',
    ]);
  });
});

describe('warnings', () => {
  it('name the MOC that has no track', () => {
    expect(warnings(pathOf({ 'M.md': mapNote('- [[A]]') }))[0]).toMatch(/^M\.md: This MOC has no track\./);
  });

  it('name the line of broken YAML, and the note stays', () => {
    const path = pathOf({
      'M.md': mapNote('## Path\n\n1. [[A]]\n'),
      'A.md': '---\nstatus: draft\naliases: [x\nuid: 1\n---\n',
      'Z.md': '---\na: b: c\n---\n',
    });
    expect(path.nodes.get('note:A.md')).toMatchObject({ state: 'draft' });
    expect(warnings(path)).toEqual([
      expect.stringMatching(/^A\.md: Line 3 of the frontmatter is not valid YAML\./),
      expect.stringMatching(/^One note outside the path cannot be read in full: Z\.md\./),
    ]);
  });

  it('name the fence that never closes', () => {
    expect(warnings(pathOf({ 'M.md': mapNote('## Path\n\n1. A\n\n```\n') }))).toEqual([
      expect.stringContaining('M.md: The code block that opens on line 9 never closes.'),
    ]);
  });

  it('name links that fit several notes and names that several notes have', () => {
    const path = pathOf({
      'M.md': mapNote('## Path\n\n1. [[A]]\n2. **B**\n'),
      'x/A.md': '',
      'y/A.md': '',
      'x/B.md': '',
      'y/C.md': '---\naliases: [B]\n---\n',
    });
    expect(warnings(path)).toEqual([
      expect.stringContaining('The link [[A]] on line 7 fits several notes. They are x/A.md, y/A.md;'),
      expect.stringContaining('Several notes are called "B". They are x/B.md, y/C.md;'),
    ]);
  });

  it('name titles that are planned twice, but not a step that names an item', () => {
    const path = pathOf({
      'M.md': mapNote('- A (planned)\n- a (todo)\n- B (todo)\n\n## Path\n\n1. A\n2. B\n'),
    });
    expect(warnings(path)).toEqual([expect.stringContaining('"A" is planned more than once (lines 5, 6).')]);
  });

  it('name copies that share a uid, and prerequisites that lead nowhere', () => {
    const path = pathOf({
      'M.md': mapNote('## Path\n\n1. [[A]]\n2. [[B]]\n'),
      'A.md': '---\nuid: 1\nprerequisites: ["[[Gone]]"]\n---\n',
      'B.md': '---\nuid: 1\n---\n',
    });
    expect(warnings(path)).toEqual([
      expect.stringContaining('A.md: The prerequisite "Gone" is no note and nothing planned.'),
      expect.stringContaining('The notes A.md, B.md have the same uid "1".'),
    ]);
  });
});
