import { describe, expect, it } from 'vitest';
import { parseMoc } from '../../src/moc/parse';
import { buildPath } from '../../src/path/learningPath';
import type { LearningPath, PathMoc } from '../../src/path/model';
import { mocsToShow } from '../../src/views/path/shownMocs';

/** Maps of so many planned items each; the first links the others. */
function pathOf(names: readonly string[], items: number): LearningPath {
  const mocs = names.map((name, index) => {
    const links = index === 0 ? names.slice(1).map((other) => `- [[${other}]]`) : [];
    const planned = Array.from({ length: items }, (_, number) => `- ${name} item ${number} (planned)`);
    return parseMoc(['## Items', '', ...links, ...planned].join('\n'), `${name}.md`);
  });
  const notes = names.map((title) => ({
    path: `${title}.md`,
    title,
    aliases: [],
    frontmatter: { type: 'map' },
  }));
  return buildPath({ mocs, notes, learned: {} });
}

function mocOf(path: LearningPath, name: string): PathMoc {
  const moc = path.moc(`${name}.md`);
  if (!moc) throw new Error(`There is no map ${name}.`);
  return moc;
}

describe('what one picture is of', () => {
  const path = pathOf(['Start', 'Ahead'], 2);
  const ahead = mocOf(path, 'Ahead');

  it('is the map that was chosen', () => {
    const shown = mocsToShow(path, ahead, false);
    expect([shown.alone, shown.mocs, shown.mayShowAll]).toEqual([ahead, [ahead], true]);
    expect(shown.nodes).toHaveLength(3);
  });

  it('is all maps on request, the one to begin with first, and the chosen one is remembered', () => {
    const shown = mocsToShow(path, ahead, true);
    expect(shown.mocs.map(({ title }) => title)).toEqual(['Start', 'Ahead']);
    expect([shown.alone, shown.moc]).toEqual([null, ahead]);
    expect(shown.nodes).toHaveLength(path.nodes.size);
  });

  it('stays the chosen map when all would be too many nodes for one picture', () => {
    const wide = pathOf(['Start', 'Ahead'], 1_600);
    const chosen = mocOf(wide, 'Ahead');
    const shown = mocsToShow(wide, chosen, true);
    expect([shown.mayShowAll, shown.mocs.length]).toEqual([false, 1]);
    expect(shown.alone).toBe(chosen);
  });

  it('offers no choice where there is one map', () => {
    const only = pathOf(['Start'], 2);
    expect(mocsToShow(only, mocOf(only, 'Start'), true).mayShowAll).toBe(false);
  });
});
