import type { Moc, MocItem } from '../moc/moc';
import { foldName } from './fold';
import type { PathMoc, PathNode, PathRow, PathSection, PathTrack } from './model';
import { plannedBy } from './nodes';
import { countProgress } from './progress';

/** A MOC with the nodes its rows name. */
export function assemble(moc: Moc, node: PathNode, nodeOf: (row: MocItem) => PathNode | null): PathMoc {
  const asRow = (row: MocItem): PathRow[] => {
    const named = nodeOf(row);
    return named ? [{ row, node: named, planned: plannedBy(row, named.note) }] : [];
  };
  const items = moc.items.flatMap(asRow);
  const written = moc.tracks.map(({ title, line, steps }) => ({ title, line, steps: steps.flatMap(asRow) }));
  const tracks = identify(moc.path, withTracksOfNotes(written, items));
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

type NamedTrack = Pick<PathTrack, 'title' | 'line' | 'steps'>;

/**
 * Tracks that notes give themselves by `lab_track` and `lab_order`. Such a note is a step of its MOC's track of that
 * name, behind those that are written there; a name of no track makes one, where its first row stands.
 */
function withTracksOfNotes(written: readonly NamedTrack[], items: readonly PathRow[]): NamedTrack[] {
  const named = new Map<string, { title: string; rows: PathRow[] }>();
  for (const item of items) {
    const title = item.node.facts?.frontmatter['lab_track'];
    if (typeof title !== 'string' || title.trim() === '') continue;
    const track = named.get(foldName(title)) ?? { title: title.trim(), rows: [] };
    if (!track.rows.some(({ node }) => node === item.node)) track.rows.push(item);
    named.set(foldName(title), track);
  }
  const ordered = (rows: readonly PathRow[]) => [...rows].sort((a, b) => orderOf(a) - orderOf(b));
  const longer = written.map((track) => {
    const more = named.get(foldName(track.title))?.rows ?? [];
    named.delete(foldName(track.title));
    const known = new Set(track.steps.map(({ node }) => node));
    return { ...track, steps: [...track.steps, ...ordered(more.filter(({ node }) => !known.has(node)))] };
  });
  const own = [...named.values()].map(({ title, rows }) => ({
    title,
    line: rows[0]?.row.line ?? 1,
    steps: ordered(rows),
  }));
  return [...longer, ...own];
}

/** A note without a number stands behind those that have one. */
function orderOf({ node }: PathRow): number {
  const order = Number(node.facts?.frontmatter['lab_order'] ?? NaN);
  return Number.isNaN(order) ? Number.MAX_SAFE_INTEGER : order;
}

function identify(moc: string, tracks: readonly NamedTrack[]): PathTrack[] {
  const counts = new Map<string, number>();
  return tracks.map(({ title, line, steps }) => {
    const count = (counts.get(title) ?? 0) + 1;
    counts.set(title, count);
    const id = `${moc}#track:${title}${count > 1 ? ` ${count}` : ''}`;
    return { id, title, line, steps, progress: countProgress([], steps, 1) };
  });
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
