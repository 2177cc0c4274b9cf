import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layoutPath, type Layout } from '../../src/path/layout';
import { facts, mapNote, pathOf, type Texts } from './helpers';
import { plannedNodes, planStubs } from '../../src/path/stubs';

const SEED = 'MOC - Hands-on Container Labs.md';
const seedText = readFileSync(`test/fixtures/seed-vault/${SEED}`, 'utf8');
const at = ({ positions }: Layout, id: string) => {
  const point = positions.get(id);
  if (!point) throw new Error(`${id} has no position`);
  return point;
};

describe('the layout', () => {
  const path = pathOf({ [SEED]: seedText });
  const layout = layoutPath(path.mocs);

  it('has a lane per track and then one per section', () => {
    expect(layout.lanes.map(({ kind }) => kind)).toEqual([
      ...Array<string>(3).fill('track'),
      ...Array<string>(8).fill('section'),
    ]);
    expect(layout.lanes[0]?.label).toBe('Beginner Track');
  });

  it('has one column per step, all in the row of their lane', () => {
    for (const track of path.mocs[0]?.tracks ?? []) {
      const points = track.steps.map(({ node }) => at(layout, node.id));
      expect(new Set(points.map(({ y }) => y)).size).toBe(1);
      expect(points.map(({ x }) => x)).toEqual([...points.map(({ x }) => x)].sort((a, b) => a - b));
    }
  });

  it('places every node inside the picture, none upon another', () => {
    expect(layout.positions.size).toBe(path.nodes.size);
    const places = [...layout.positions.values()];
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(places.length);
    for (const { x, y } of places) {
      expect(x > 0 && x < layout.width && y > 0 && y < layout.height).toBe(true);
    }
  });

  it('keeps lanes apart', () => {
    layout.lanes.slice(1).forEach((lane, i) => {
      const above = layout.lanes[i];
      expect(lane.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
    });
  });

  it('puts what is nested in a step below it', () => {
    const nested = layoutPath(
      pathOf({ 'M.md': mapNote('## Path\n\n1. A\n   - [[B]]\n   - [[C]]\n2. D\n') }).mocs,
    );
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => at(nested, `planned:${name}`));
    expect([b?.x, c?.x]).toEqual([a?.x, a?.x]);
    expect(a && b && c && a.y < b.y && b.y < c.y).toBe(true);
    expect(d?.y).toBe(a?.y);
    expect(nested.lanes).toHaveLength(1);
  });
});

describe('a node of several MOCs', () => {
  it('stands in the track that names it, also when another MOC lists it before', () => {
    const layout = layoutPath(
      pathOf({ 'A.md': mapNote('- [[N]]\n- [[O]]\n'), 'B.md': mapNote('## Path\n\n1. [[N]]\n'), 'N.md': '' })
        .mocs,
    );
    const track = layout.lanes.find(({ kind }) => kind === 'track');
    expect(at(layout, 'note:N.md').y).toBeGreaterThan(track?.y ?? Infinity);
  });

  it('stands at the head of its own lanes when it is a MOC itself', () => {
    const layout = layoutPath(
      pathOf({ 'A.md': mapNote('- [[B]]\n'), 'B.md': mapNote('- [[A]]\n- [[N]]\n') }).mocs,
    );
    const lane = layout.lanes.find(({ moc }) => moc === 'B.md');
    expect(at(layout, 'note:B.md').x).toBeLessThan(lane?.x ?? 0);
    expect(at(layout, 'note:B.md').y).toBeGreaterThan(lane?.y ?? Infinity);
  });
});

describe('adding a note', () => {
  /** Positions by title, since a node's id changes when its note appears. */
  const byRow = (texts: Texts) => {
    const path = pathOf(texts);
    const { positions, lanes } = layoutPath(path.mocs);
    const rows = [...path.nodes.values()].flatMap(({ id, places }) =>
      places.map(({ row }) => [`${row.line} ${row.title}`, positions.get(id)] as [string, unknown]),
    );
    return { rows: new Map(rows), lanes };
  };

  it('moves no node, whichever is added first', () => {
    const texts: Record<string, string> = { [SEED]: seedText };
    const before = byRow(texts);
    const path = pathOf(texts);
    const options = { path, notes: facts(texts), uid: () => 'u', now: '2026-01-01T00:00:00Z' };
    for (const stub of planStubs(plannedNodes(path), options).create.filter(({ kind }) => kind !== 'map')) {
      texts[stub.path] = stub.text;
      expect(byRow(texts)).toEqual(before);
    }
  });

  it('that folds an item and a step into one moves neither of the others', () => {
    const texts = { 'M.md': mapNote('## S\n\n- A (planned)\n- B (planned)\n\n## Path\n\n1. C\n2. D\n') };
    const before = byRow(texts).rows;
    const after = byRow({ ...texts, 'C.md': '---\naliases: [A]\n---\n' }).rows;
    for (const row of ['8 B', '12 C', '13 D']) expect(after.get(row)).toEqual(before.get(row));
    expect(after.get('7 A')).toEqual(after.get('12 C'));
  });
});
