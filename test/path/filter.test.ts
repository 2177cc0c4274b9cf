import { describe, expect, it } from 'vitest';
import { matchesFilter, type PathFilter } from '../../src/path/filter';
import { marksOf } from '../../src/path/marks';
import type { Learned } from '../../src/path/progressRecord';
import { mapNote, pathOf } from './helpers';

describe('filtering a path', () => {
  const learned: Learned = {
    'Done.md': { state: 'completed', when: '2026-01-01' },
    'Due.md': { state: 'completed', when: '2025-01-01' },
    'Left.md': { state: 'skipped', when: '2026-01-01' },
  };
  const path = pathOf(
    {
      'M.md': mapNote(
        ['Done', 'Due', 'Left', 'Stub', 'Open', 'Blocked', 'Other']
          .map((name) => `- [[${name}]]\n`)
          .join('') + '- Planned (planned)\n',
      ),
      'Done.md': '',
      'Due.md': '---\nreview_interval: 30\n---\n',
      'Left.md': '',
      'Stub.md': '---\nstatus: stub\n---\n',
      'Open.md': '',
      'Blocked.md': '---\nlab_requires: [kvm]\n---\n',
      'Other.md': mapNote(''),
    },
    learned,
  );
  const nodes = [...path.nodes.values()].filter(({ places }) => places.length > 0);
  const marks = marksOf(path, nodes, '2026-02-01', (needed) => needed.filter((each) => each === 'kvm'));

  it.each<[PathFilter, string[]]>([
    ['to-write', ['Planned', 'Stub']],
    ['to-learn', ['Blocked', 'Open']],
    ['completed', ['Done', 'Due']],
    ['due', ['Due']],
    ['blocked', ['Blocked']],
  ])('%s: %j', (filter, titles) => {
    const found = nodes.filter((node) => matchesFilter(node, marks.get(node.id), filter));
    expect(found.map(({ title }) => title).sort()).toEqual(titles);
  });

  it('shows everything when nothing is asked for', () => {
    expect(nodes.every((node) => matchesFilter(node, undefined, 'all'))).toBe(true);
  });
});
