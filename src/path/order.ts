import type { LearningPath, PathMoc, PathNode, PathRow } from './model';

/** The rows of a MOC from top to bottom, items and steps alike, each once. */
export function mocRows({ items, tracks }: PathMoc): PathRow[] {
  const rows = new Map(
    [...items, ...tracks.flatMap(({ steps }) => steps)].map((row) => [
      `${row.row.line}:${row.row.from}`,
      row,
    ]),
  );
  return [...rows.values()].sort((a, b) => a.row.line - b.row.line || a.row.from - b.row.from);
}

/** The nodes of one MOC, its own first, then those of its rows from top to bottom. */
export function nodesOfMoc(moc: PathMoc): PathNode[] {
  return [
    ...new Map([moc.node, ...mocRows(moc).map(({ node }) => node)].map((node) => [node.id, node])).values(),
  ];
}

/** All nodes in reading order: MOC by MOC. */
export function inReadingOrder({ mocs }: Pick<LearningPath, 'mocs'>): PathNode[] {
  return [...new Map(mocs.flatMap(nodesOfMoc).map((node) => [node.id, node])).values()];
}

/**
 * The MOC from which the reader reaches most of the others: the one to begin with. One that no other names comes
 * before those that are named; of equals, the one with most rows, then the first by path.
 */
export function rootOf({ mocs }: Pick<LearningPath, 'mocs'>): PathMoc | null {
  if (mocs.length < 2) return mocs[0] ?? null;
  const byNode = new Map(mocs.map((moc) => [moc.node.id, moc]));
  const children = new Map(
    mocs.map((moc) => [moc, mocRows(moc).flatMap(({ node }) => byNode.get(node.id) ?? [])]),
  );
  const named = new Set(mocs.flatMap((moc) => (children.get(moc) ?? []).filter((child) => child !== moc)));
  const free = mocs.filter((moc) => !named.has(moc));
  const ranked = (free.length > 0 ? free : mocs).map((moc) => ({ moc, reach: reachFrom(moc, children) }));
  ranked.sort((a, b) => b.reach - a.reach || mocRows(b.moc).length - mocRows(a.moc).length);
  return ranked[0]?.moc ?? null;
}

/** The MOCs in the order in which one shows them together: the one to begin with, then the others by path. */
export function rootFirst(path: Pick<LearningPath, 'mocs'>): PathMoc[] {
  const root = rootOf(path);
  return root === null ? [] : [root, ...path.mocs.filter((moc) => moc !== root)];
}

function reachFrom(start: PathMoc, children: ReadonlyMap<PathMoc, readonly PathMoc[]>): number {
  const seen = new Set<PathMoc>([start]);
  // A set iterated while it grows visits what is added.
  for (const moc of seen) for (const child of children.get(moc) ?? []) seen.add(child);
  return seen.size;
}
