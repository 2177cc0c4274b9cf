import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMoc } from '../../src/moc/parse';
import { layoutPath } from '../../src/path/layout';
import { buildPath } from '../../src/path/learningPath';
import type { EdgeKind, LearningPath } from '../../src/path/model';
import { mocRows, nodesOfMoc } from '../../src/path/order';
import { findRows } from '../../src/views/moc/mocRows';
import { graphElements, nodeWords } from '../../src/views/path/graphElements';
import { LOOKS, lookOf } from '../../src/path/look';
import { nearestIn } from '../../src/views/path/walk';
import { readable } from '../../src/markdown/readable';

const seedFile = join(__dirname, '../fixtures/seed-vault/MOC - Hands-on Container Labs.md');
const seed = readFileSync(seedFile, 'utf8');
const mocPath = 'MOC - Hands-on Container Labs.md';

function seedPath(): LearningPath {
  const notes = [mocPath, 'Linux Networking.md'].map((path) => ({
    path,
    title: path.replace(/\.md$/, ''),
    aliases: [],
    frontmatter: path === mocPath ? { type: 'map' } : {},
  }));
  return buildPath({ mocs: [parseMoc(seed, mocPath)], notes, learned: {} });
}

describe('the picture of a path', () => {
  const path = seedPath();
  const [moc] = path.mocs;
  if (!moc) throw new Error('The seed has a map.');
  const picture = {
    nodes: nodesOfMoc(moc),
    edges: path.edgesOf(moc),
    layout: layoutPath([moc]),
    marks: new Map([[moc.tracks[0]?.steps[0]?.node.id ?? '', 'due' as const]]),
    shownEdges: new Set<EdgeKind>(['track']),
  };
  const elements = graphElements(picture);

  it('has a lane for each track and an element for every node', () => {
    const lanes = elements
      .filter(({ classes }) => classes === 'lane-label')
      .map(({ data }): unknown => data['label']);
    expect(lanes.slice(0, 3)).toEqual(['Beginner Track', 'Intermediate Track', 'Advanced Track']);
    const things = elements.filter(({ classes }) => String(classes).startsWith('thing'));
    expect(things).toHaveLength(path.nodes.size);
  });

  it('draws no line to a node that is not in it', () => {
    const ids = new Set(elements.map(({ data }) => data.id));
    const edges = elements.filter(({ group }) => group === 'edges');
    expect(edges.length).toBeGreaterThan(0);
    for (const { data } of edges) {
      expect(ids).toContain(data['source']);
      expect(ids).toContain(data['target']);
    }
  });

  it('writes the name of a lane at its left, where one sees it also when it is wide', () => {
    for (const lane of picture.layout.lanes) {
      const label = elements.find(({ data }) => data.id === `label:${lane.id}`);
      expect((label?.position?.x ?? Infinity) - lane.x).toBeLessThan(40);
    }
  });

  it('shows only the lines asked for, and marks what is due', () => {
    const kinds = (shown: readonly EdgeKind[]) =>
      graphElements({ ...picture, shownEdges: new Set(shown) }).filter(
        ({ group, classes }) => group === 'edges' && !String(classes).includes('is-quiet'),
      ).length;
    expect([kinds(['track']), kinds(['same']), kinds([])]).toEqual([9, 1, 0]);
    expect(elements.filter(({ classes }) => classes === 'mark is-due')).toHaveLength(1);
  });

  it('keeps the lines not asked for at hand, for the node one looks at', () => {
    const edges = graphElements(picture).filter(({ group }) => group === 'edges');
    expect(edges.filter(({ classes }) => classes === 'is-same is-quiet')).toHaveLength(1);
  });

  it('fills every place of a row: with its node, or with an echo of where it stands', () => {
    const sections = moc.sections.reduce((sum, { items }) => sum + items.length, 0);
    const steps = moc.tracks.reduce((sum, track) => sum + track.steps.length, 0);
    const echoes = elements.filter(({ classes }) => classes === 'echo');
    // Every node stands once; the map itself stands before its lanes.
    expect(echoes).toHaveLength(sections + steps - (path.nodes.size - 1));
    const ids = new Set(elements.map(({ data }) => data.id));
    for (const { data } of echoes) expect(ids).toContain(data['of']);
  });

  it('cuts a title that would not fit its node', () => {
    const [node] = picture.nodes;
    if (!node) throw new Error('The map is a node.');
    const long = { ...node, title: 'word '.repeat(40).trim() };
    const thing = graphElements({ ...picture, nodes: [long] }).find(({ data }) => data.id === node.id);
    expect(String(thing?.data['label'])).toMatch(/^(word )+…$/);
    expect(String(thing?.data['label']).length).toBeLessThan(70);
  });

  it('tells states apart without colour', () => {
    const seen = Object.values(LOOKS).map(({ icon, shape, border }) => `${icon} ${shape} ${border}`);
    expect(new Set(seen).size).toBe(seen.length);
    expect(new Set(Object.values(LOOKS).map(({ word }) => word)).size).toBe(seen.length);
  });

  it('says a node in words', () => {
    const planned = [...path.nodes.values()].find(({ title }) => title === 'Create container runtime');
    expect(planned && lookOf(planned).word).toBe('Planned');
    expect(planned && nodeWords(planned)).toMatch(
      /^Create container runtime: planned, in .*Building from Scratch$/,
    );
  });
});

describe('walking with the arrow keys', () => {
  const grid = [
    { id: 'a', x: 0, y: 0 },
    { id: 'b', x: 200, y: 0 },
    { id: 'c', x: 0, y: 90 },
    { id: 'd', x: 200, y: 90 },
  ];
  const from = grid[0] ?? { id: '', x: 0, y: 0 };

  it('goes to the neighbour in that direction and stays at the edge', () => {
    expect(nearestIn('right', from, grid)?.id).toBe('b');
    expect(nearestIn('down', from, grid)?.id).toBe('c');
    expect(nearestIn('up', from, grid)).toBeNull();
  });
});

describe('finding the rows of a map again in a text that was edited since', () => {
  const moc = seedPath().mocs[0];
  if (!moc) throw new Error('The seed has a map.');

  it('finds each row on its line in the text it was read from', () => {
    const found = findRows(moc, seed.split('\n'));
    expect(found).toHaveLength(mocRows(moc).length);
    expect(found.every(({ line, row }) => line === row.row.line)).toBe(true);
  });

  it('follows rows that moved down and leaves out one that is gone', () => {
    const edited = ['', '', ...seed.split('\n')].filter((line) => !line.includes('Create container runtime'));
    const found = findRows(moc, edited);
    expect(found.map(({ row }) => row.row.title)).not.toContain('Create container runtime');
    for (const { line, row } of found)
      expect(edited[line - 1]).toContain(row.row.link?.target ?? row.row.title);
  });
});

describe('a heading shown to people', () => {
  it('has its emoji back when they were decoded as Mac Roman', () => {
    const shown = seed
      .split('\n')
      .filter((line) => line.startsWith('### '))
      .map(readable);
    expect(shown).toContain('### 🛠️ Building from Scratch');
    expect(shown).toContain('### ⚡ Performance & Optimization');
  });

  it('stays as it is when nothing is wrong with it', () => {
    for (const heading of ['🔍 Debugging', 'Überblick', '网络 基础', 'é', 'A & B']) {
      expect(readable(heading)).toBe(heading);
    }
  });
});
