import type { Moc, MocItem } from '../moc/moc';
import { connect } from './edges';
import type { LearningPath, PathMoc, PathNode, PathRow, PathSection, PathTrack } from './model';
import { foldNodes, nodeId, noteOfRow, plannedBy } from './nodes';
import type { NoteFacts } from './noteFacts';
import { countProgress } from './progress';
import type { Learned } from './progressRecord';
import { LinkResolver } from './resolve';
import { warningsOf } from './warnings';

export interface PathInput {
  /** The parsed MOCs, in the order they are shown. */
  readonly mocs: readonly Moc[];
  /** Every note of the vault, the MOCs among them. */
  readonly notes: readonly NoteFacts[];
  readonly learned: Learned;
  /** Handed in when the caller keeps one; it must know the same notes. */
  readonly resolver?: LinkResolver;
}

/** Joins MOCs, notes and the learner's book to one graph. */
export function buildPath({
  mocs,
  notes,
  learned,
  resolver = new LinkResolver(notes),
}: PathInput): LearningPath {
  const nodes = foldNodes(mocs, resolver, learned);
  const rowIn =
    (moc: string) =>
    (row: MocItem): PathRow[] => {
      const note = noteOfRow(row, moc, resolver);
      const node = nodes.get(nodeId(note, row.title));
      return node ? [{ row, node, planned: plannedBy(row, note) }] : [];
    };
  const pathMocs = mocs.flatMap((moc) => {
    const node = nodes.get(nodeId(moc.path, moc.title));
    return node ? [assemble(moc, node, rowIn(moc.path))] : [];
  });
  const { edges, open } = connect(pathMocs, nodes, resolver);
  return {
    mocs: pathMocs,
    nodes,
    edges,
    progress: countAll(pathMocs),
    warnings: warningsOf({ mocs, pathMocs, nodes, notes, resolver, open }),
  };
}

function assemble(moc: Moc, node: PathNode, asRow: (row: MocItem) => PathRow[]): PathMoc {
  const items = moc.items.flatMap(asRow);
  const ids = new Map<string, number>();
  const tracks = moc.tracks.map(({ title, line, steps: rows }): PathTrack => {
    const count = (ids.get(title) ?? 0) + 1;
    ids.set(title, count);
    const steps = rows.flatMap(asRow);
    const id = `${moc.path}#track:${title}${count > 1 ? ` ${count}` : ''}`;
    return { id, title, line, steps, progress: countProgress([], steps, 1) };
  });
  const steps = tracks.flatMap((track) => track.steps);
  return {
    path: moc.path,
    title: moc.title,
    node,
    items,
    sections: groupBySection(moc.path, items),
    tracks,
    progress: countProgress(items, steps, tracks.length),
  };
}

function groupBySection(moc: string, items: readonly PathRow[]): PathSection[] {
  const groups = new Map<string, PathRow[]>();
  for (const item of items) {
    const id = `${moc}#section:${item.row.sections.join(' › ')}`;
    const group = groups.get(id);
    if (group) group.push(item);
    else groups.set(id, [item]);
  }
  return [...groups].map(([id, rows]) => ({
    id,
    title: rows[0]?.row.section ?? '',
    sections: rows[0]?.row.sections ?? [],
    items: rows,
    progress: countProgress(rows),
  }));
}

function countAll(mocs: readonly PathMoc[]): LearningPath['progress'] {
  const tracks = mocs.flatMap((moc) => moc.tracks);
  return countProgress(
    mocs.flatMap((moc) => moc.items),
    tracks.flatMap((track) => track.steps),
    tracks.length,
  );
}
