import { describe, expect, it } from 'vitest';
import { intervalDays } from '../../src/path/interval';
import { marksOf } from '../../src/path/marks';
import type { PathNode } from '../../src/path/model';
import { trackPlace } from '../../src/path/neighbours';
import { nextUp, nextUpInVault } from '../../src/path/next';
import type { Learned } from '../../src/path/progressRecord';
import { matchesSearch } from '../../src/path/search';
import { isDue, openPrerequisites } from '../../src/path/state';
import { mapNote, pathOf, type Texts } from './helpers';

const when = '2026-01-01T10:00:00Z';
const texts: Texts = {
  'M.md': mapNote('- [[I]]\n\n## Path\n\n1. [[A]]\n2. [[B]]\n3. Planned\n4. [[C]]\n'),
  'A.md': '---\nreview_interval: 2 weeks\n---\n',
  'B.md': '---\nprerequisites: ["[[A]]", "[[I]]"]\nlab_requires: [kvm, tool/curl]\naliases: [Bee]\n---\n',
  'C.md': '',
  'I.md': '---\ntags: [dns]\n---\n',
};
const next = (learned: Learned, today = '2026-01-02') => {
  const path = pathOf(texts, learned);
  const moc = path.mocs[0];
  const found = moc ? nextUp(path, moc, today) : null;
  return found && [found.node.title, found.reason];
};
const done = { state: 'completed', when } as const;

describe('what to learn next', () => {
  it('is the first written step, then what its prerequisites allow', () => {
    expect(next({})).toEqual(['A', 'next step']);
    expect(next({ 'A.md': done })).toEqual(['C', 'next step']);
    expect(next({ 'A.md': done, 'C.md': { state: 'skipped', when } })).toEqual(['I', 'next item']);
    expect(next({ 'A.md': done, 'I.md': done })).toEqual(['B', 'next step']);
  });

  it('is first what was begun, then what is due again', () => {
    expect(next({ 'C.md': { state: 'in-progress', when } })).toEqual(['C', 'in progress']);
    expect(next({ 'A.md': done }, '2026-01-14')).toEqual(['C', 'next step']);
    expect(next({ 'A.md': done }, '2026-01-15')).toEqual(['A', 'due again']);
  });

  it('in a vault begins with the root, unless another map is asked for', () => {
    const path = pathOf({
      'A.md': mapNote('- [[X]]\n'),
      'Root.md': mapNote('- [[A]]\n- [[Y]]\n'),
      'X.md': '',
      'Y.md': '',
    });
    const title = (first: string | null) =>
      nextUpInVault(path, '2026-01-01', first === null ? null : path.moc(first))?.node.title;
    expect([title(null), title('A.md')]).toEqual(['Y', 'X']);
  });

  it('is nothing when all is behind the learner', () => {
    expect(next({ 'A.md': done, 'B.md': done, 'C.md': done, 'I.md': done })).toBeNull();
  });
});

describe('the state of a node', () => {
  const path = pathOf(texts, { 'I.md': done });
  const node = (name: string): PathNode => {
    const found = path.nodes.get(`note:${name}.md`);
    if (!found) throw new Error(name);
    return found;
  };

  it('is locked by the prerequisites still open, blocked by what the machine lacks', () => {
    expect(openPrerequisites(node('B'), path).map(({ title }) => title)).toEqual(['A']);
    const marks = (...lacking: string[]) =>
      marksOf(path, [node('B')], '2026-01-01', (needed) => needed.filter((each) => lacking.includes(each)));
    expect(marks().get('note:B.md')).toBe('locked');
    expect(marks('kvm').get('note:B.md')).toBe('blocked');
    expect(marks('internet').get('note:B.md')).toBe('locked');
  });

  it('is due again from the later of learning and review on', () => {
    const due = pathOf(
      { 'M.md': mapNote('- [[A]]'), 'A.md': '---\nreview_interval: 7\nlast_reviewed: 2026-01-10\n---\n' },
      { 'A.md': done },
    ).nodes.get('note:A.md');
    expect(due?.dueOn).toBe('2026-01-17');
    expect(due && [isDue(due, '2026-01-16T23:00:00Z'), isDue(due, '2026-01-17')]).toEqual([false, true]);
    expect(node('A').dueOn).toBeNull();
  });

  it.each([
    [30, 30],
    ['30', 30],
    ['2 weeks', 14],
    ['P1M', 30],
    ['1y', 365],
    ['soon', null],
    [-1, null],
    [0, null],
    [null, null],
  ])('an interval of %j is %j days', (value, days) => expect(intervalDays(value)).toBe(days));

  it('is found by title, alias, tag and the word for its state', () => {
    expect(['bee', 'READY  b', 'b'].map((query) => matchesSearch(node('B'), query))).toEqual([
      true,
      true,
      true,
    ]);
    expect([matchesSearch(node('I'), 'dns completed'), matchesSearch(node('I'), 'dns planned')]).toEqual([
      true,
      false,
    ]);
  });

  it('has its neighbours in the track', () => {
    const moc = path.mocs[0];
    const place = moc && trackPlace(moc, 'B.md');
    expect([place?.step, place?.previous?.title, place?.next?.title]).toEqual([1, 'A', 'Planned']);
    expect(moc && trackPlace(moc, 'I.md')).toBeNull();
  });
});

describe('tracks of notes', () => {
  it('come from lab_track and lab_order, behind the steps that are written', () => {
    const track = (order: string) => `---\nlab_track: Basics\n${order}---\n`;
    const path = pathOf({
      'M.md': mapNote('- [[A]]\n- [[B]]\n- [[C]]\n- [[D]]\n\n## Path\n\n### Basics\n\n1. [[X]]\n'),
      'A.md': track(''),
      'B.md': track('lab_order: 2\n'),
      'C.md': track('lab_order: 1\n'),
      'D.md': '---\nlab_track: Own\n---\n',
    });
    expect(
      path.mocs[0]?.tracks.map(({ title, steps }) => [title, steps.map(({ node }) => node.title)]),
    ).toEqual([
      ['Basics', ['X', 'C', 'B', 'A']],
      ['Own', ['D']],
    ]);
  });
});

describe('one thing under several names', () => {
  it('is suggested for titles that differ in a prefix, and see-also ties two notes once', () => {
    const path = pathOf({
      'M.md': mapNote('- Build it (planned)\n- [[Lab - Build it]]\n- [[A]]\n- [[B]]\n'),
      'Lab - Build it.md': '',
      'A.md': '---\nsee_also: ["[[B]]", "[[M]]"]\n---\n',
      'B.md': '---\nsource_of_truth: ["[[A]]", "https://x.org"]\n---\n',
    });
    const edges = path.edges.filter(({ kind }) => kind === 'same' || kind === 'see-also');
    expect(edges.map(({ id }) => id)).toEqual([
      'same:note:Lab - Build it.md→planned:build it',
      'see-also:note:A.md→note:B.md',
    ]);
  });
});
