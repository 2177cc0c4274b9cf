import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMoc, parseMoc } from '../../src/moc/parse';
import { pathToJson } from '../../src/path/json';
import type { LearningPath } from '../../src/path/model';
import { inReadingOrder, rootOf } from '../../src/path/order';
import { PathModel } from '../../src/path/pathModel';
import type { Learned } from '../../src/path/progressRecord';
import { readNoteFacts } from '../../src/path/readFacts';
import { mapNote, pathOf } from './helpers';

/** A model fed as the app feeds it: one note at a time. */
function vault() {
  const model = new PathModel();
  return {
    model,
    put: (path: string, text: string) => {
      const facts = readNoteFacts(path, text);
      model.setNote(facts, isMoc(facts.frontmatter) ? parseMoc(text, path) : null);
    },
  };
}

/** Everything a path says, in an order that does not depend on how it came about. */
const told = (path: LearningPath) => ({
  json: pathToJson(path),
  nodes: inReadingOrder(path),
  nodeIds: [...path.nodes.keys()].sort(),
  edges: path.edges,
  perMoc: path.mocs.map((moc) => [path.edgesOf(moc), path.warningsOf(moc)]),
  same: inReadingOrder(path).map((node) =>
    path
      .sameAs(node)
      .map(({ id }) => id)
      .sort(),
  ),
});

const name = fc.constantFrom('A', 'B', 'Lab - A', 'x/A', 'C', 'M', 'N');
const row = fc.oneof(
  name.map((n) => `- [[${n}]]`),
  name.map((n) => `- **${n}** (planned)`),
  name.map((n) => `- [[${n}]] (planned)`),
);
const body = fc.record({
  rows: fc.array(row, { maxLength: 4 }),
  steps: fc.array(
    name.map((n) => `1. ${n}`),
    { maxLength: 3 },
  ),
});
const properties = fc.record(
  {
    status: fc.constantFrom('draft', 'stub', 'retired'),
    uid: fc.constantFrom('u1', 'u2'),
    aliases: fc.array(name, { maxLength: 2 }),
    title: name,
    prerequisites: name.map((n) => [`[[${n}]]`]),
    see_also: name.map((n) => [`[[${n}]]`]),
    lab_track: fc.constantFrom('T', 'Path'),
    lab_order: fc.integer({ min: 1, max: 3 }),
    review_interval: fc.constantFrom('30d', 7),
  },
  { requiredKeys: [] },
);
const note = fc.tuple(fc.boolean(), properties, body).map(([map, props, { rows, steps }]) => {
  const head = Object.entries(props).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return `---\n${map ? 'type: map\n' : ''}${head.join('')}---\n\n${rows.join('\n')}\n\n## Path\n\n${steps.join('\n')}\n`;
});
const file = fc.constantFrom('A.md', 'B.md', 'x/A.md', 'Lab - A.md', 'M.md', 'N.md', 'x/M.md');
const learned: fc.Arbitrary<Learned> = fc.dictionary(
  fc.constantFrom('u1', 'u2', 'A.md', 'B.md'),
  fc.record({
    state: fc.constantFrom('completed' as const, 'skipped' as const),
    when: fc.constantFrom('2026-01-01', ''),
  }),
);
const change = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), file, note }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('learn' as const), learned }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('settle' as const) }) },
);

describe('a path that is kept up to date', () => {
  it('is the same as one built anew, whatever changed in whatever order', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 25 }), (changes) => {
        const { model, put } = vault();
        const texts = new Map<string, string>();
        let book: Learned = {};
        for (const each of changes) {
          if (each.kind === 'put') {
            texts.set(each.file, each.note);
            put(each.file, each.note);
          } else if (each.kind === 'remove') {
            texts.delete(each.file);
            model.removeNote(each.file);
          } else if (each.kind === 'learn') {
            book = each.learned;
            model.setLearned(book);
          } else {
            model.settle();
          }
        }
        expect(told(model.settle())).toEqual(told(pathOf(Object.fromEntries(texts), book)));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('leaves every MOC as the same object that a change does not touch', () => {
    const { model, put } = vault();
    put('M.md', mapNote('- [[A]]\n'));
    put('N.md', mapNote('- [[B]]\n'));
    put('A.md', '');
    const [m, n] = model.settle().mocs;
    put('A.md', '---\nstatus: draft\n---\n');
    const after = model.settle();
    expect(after.moc('M.md')).not.toBe(m);
    expect(after.moc('N.md')).toBe(n);
  });

  it('changes nothing when only the words of a note change', () => {
    const { model, put } = vault();
    put('M.md', mapNote('- [[A]]\n'));
    put('A.md', 'one');
    const [before] = model.settle().mocs;
    put('A.md', 'two');
    expect(model.settle().moc('M.md')).toBe(before);
  });
});

describe('the MOC to begin with', () => {
  const root = (texts: Record<string, string>) => rootOf(pathOf(texts))?.path;

  it('is the one from which the others are reached', () => {
    expect(
      root({
        'A.md': mapNote('- x (planned)\n- y (planned)\n- z (planned)'),
        'B.md': mapNote('- [[C]]'),
        'C.md': mapNote('- [[A]]'),
      }),
    ).toBe('B.md');
  });

  it('is found also where all name each other', () => {
    expect(root({ 'A.md': mapNote('- [[B]]'), 'B.md': mapNote('- [[A]]\n- x (planned)') })).toBe('B.md');
    expect(root({ 'A.md': '' })).toBeUndefined();
  });
});
