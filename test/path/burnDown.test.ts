import { describe, expect, it } from 'vitest';
import { burnDown, burnDownLines } from '../../src/path/burnDown';
import type { Learned } from '../../src/path/progressRecord';
import { mapNote, pathOf } from './helpers';

const created = (date: string) => `---\ncreated: ${date}\n---\n`;
const days = (texts: Record<string, string>, learned: Learned = {}) =>
  burnDown(pathOf(texts, learned).nodes.values()).map(({ date, planned, toLearn }) => [
    date,
    planned,
    toLearn,
  ]);
const map = mapNote('- [[A]]\n- [[B]]\n- C (planned)\n');

describe('the burn-down of a path', () => {
  it('begins with all and goes down by the day notes were created and learned', () => {
    const texts = { 'M.md': map, 'A.md': created('2026-03-02T10:00:00Z'), 'B.md': created('2026-03-05') };
    const learned: Learned = {
      'A.md': { state: 'completed', when: '2026-03-05T08:00:00Z' },
      'B.md': { state: 'skipped', when: '2026-04-01' },
    };
    expect(days(texts, learned)).toEqual([
      ['2026-03-01', 3, 3],
      ['2026-03-02', 2, 3],
      ['2026-03-05', 1, 2],
      ['2026-04-01', 1, 1],
    ]);
  });

  it('takes what has no date as there from the beginning', () => {
    const texts = { 'M.md': map, 'A.md': created('someday'), 'B.md': created('2026-13-45') };
    expect(days(texts)).toEqual([]);
    expect(days(texts, { 'A.md': { state: 'completed', when: '' } })).toEqual([]);
    expect(days({ ...texts, 'B.md': created('2026-01-01') })).toEqual([
      ['2025-12-31', 2, 3],
      ['2026-01-01', 1, 3],
    ]);
  });

  it('leaves maps, retired notes and what no map names out', () => {
    const texts = {
      'M.md': mapNote('- [[N]]\n- [[A]]\n', 'created: 2026-01-01\n'),
      'N.md': mapNote('', 'created: 2026-01-01\n'),
      'A.md': '---\nstatus: retired\ncreated: 2026-01-01\n---\n',
      'Z.md': created('2026-01-01'),
    };
    expect(days(texts)).toEqual([]);
  });

  it('is drawn as steps that fill the chart', () => {
    const lines = burnDownLines(
      [
        { date: '2026-01-01', planned: 4, toLearn: 4 },
        { date: '2026-01-02', planned: 2, toLearn: 4 },
        { date: '2026-01-05', planned: 0, toLearn: 3 },
      ],
      100,
      40,
    );
    expect(lines).toEqual({ planned: '0,0 25,0 25,20 100,20 100,40', toLearn: '0,0 25,0 25,0 100,0 100,10' });
  });
});
