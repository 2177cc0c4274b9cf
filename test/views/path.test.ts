import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMoc } from '../../src/moc/parse';
import { layoutPath } from '../../src/path/layout';
import { buildPath } from '../../src/path/learningPath';
import type { LearningPath } from '../../src/path/model';
import { findRows, mocRows } from '../../src/views/moc/mocRows';
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
  const elements = graphElements(path, layoutPath(path.mocs));

  it('has a lane for each track and an element for every node', () => {
    const lanes = elements
      .filter(({ classes }) => classes === 'lane is-track')
      .map(({ data }): unknown => data['label']);
    expect(lanes).toEqual(['Beginner Track', 'Intermediate Track', 'Advanced Track']);
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
