import type { PathMoc, PathRow } from './model';

/** Pixels. Positions are centres of nodes; boxes are given by their upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A horizontal band with a label: one per track, and one per section for what stands outside of tracks. */
export interface Lane extends Point {
  /** The id of its track or section. */
  readonly id: string;
  readonly kind: 'track' | 'section';
  readonly label: string;
  /** Vault path of the MOC. */
  readonly moc: string;
  readonly width: number;
  readonly height: number;
}

/** A place that names a node which stands elsewhere: it says where the node is, and leaves no hole. */
export interface Echo extends Point {
  readonly id: string;
  /** The node's id. */
  readonly of: string;
}

export interface Layout {
  /** By node id; every node of the path has one. */
  readonly positions: ReadonlyMap<string, Point>;
  readonly echoes: readonly Echo[];
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number;
}

/** The size of a node in pixels, and of an echo, which is lower. */
export const NODE = { width: 208, height: 64, echo: 40 };

/** Distances in pixels; `LABEL` is the strip above a lane's nodes, `HEAD` the column of the MOC nodes. */
export const COLUMN = NODE.width + 28;
const ROW = NODE.height + 24;
const LABEL = 36;
const HEAD = COLUMN;
const LANE_GAP = 24;
const MOC_GAP = 60;
/** Nodes a section lane holds side by side before it takes another row. */
const SECTION_COLUMNS = 6;

/**
 * Places every node by where MOCs name it, never by what else is there: one lane per track with one column per
 * step and the items nested in a step below it, then one lane per section.
 *
 * A node that several rows name stands where a track names it first. Its other places keep an echo of it, so that a
 * note that is added, renamed or recognised under another name moves no other node.
 */
export function layoutPath(mocs: readonly PathMoc[]): Layout {
  const positions = new Map<string, Point>();
  const lanes: Lane[] = [];
  const places: Echo[] = [];
  const inTracks = new Set(
    mocs.flatMap((moc) => moc.tracks.flatMap((track) => track.steps.map(({ node }) => node.id))),
  );
  const heads = new Set(mocs.map((moc) => moc.node.id));
  const place = (id: string, point: Point) => {
    if (!positions.has(id)) positions.set(id, point);
  };
  let y = 0;
  for (const moc of mocs) {
    place(moc.node.id, { x: HEAD / 2, y: y + LABEL + ROW / 2 });
    for (const { lane, slots } of [...trackLanes(moc), ...sectionLanes(moc)]) {
      const columns = Math.max(1, ...slots.map(({ column }) => column + 1));
      const rows = Math.max(1, ...slots.map(({ row }) => row + 1));
      const height = LABEL + rows * ROW;
      lanes.push({ ...lane, x: HEAD, y, width: columns * COLUMN, height });
      for (const { id, column, row } of slots) {
        const point = { x: HEAD + (column + 0.5) * COLUMN, y: y + LABEL + (row + 0.5) * ROW };
        places.push({ id: `${lane.id}:${row}:${column}`, of: id, ...point });
        if (!heads.has(id) && (lane.kind === 'track' || !inTracks.has(id))) place(id, point);
      }
      y += height + LANE_GAP;
    }
    y = Math.max(y, (positions.get(moc.node.id)?.y ?? 0) + ROW / 2) + MOC_GAP;
  }
  const width = Math.max(HEAD, ...lanes.map((lane) => lane.x + lane.width));
  const echoes = places.filter(({ of, x, y: top }) => {
    const own = positions.get(of);
    return own?.x !== x || own.y !== top;
  });
  return { positions, echoes, lanes, width, height: Math.max(0, y - MOC_GAP) };
}

interface Slot {
  readonly id: string;
  /** 0-based. */
  readonly column: number;
  readonly row: number;
}

interface Band {
  readonly lane: Pick<Lane, 'id' | 'kind' | 'label' | 'moc'>;
  readonly slots: readonly Slot[];
}

function trackLanes(moc: PathMoc): Band[] {
  const bundles = bundlesOf(moc);
  return moc.tracks.map(({ id, title, steps }) => ({
    lane: { id, kind: 'track', label: title, moc: moc.path },
    slots: steps.flatMap(({ node, row }, column) => [
      { id: node.id, column, row: 0 },
      ...(bundles.get(row.line) ?? []).map((child, i) => ({ id: child.node.id, column, row: i + 1 })),
    ]),
  }));
}

function sectionLanes(moc: PathMoc): Band[] {
  const bundled = new Set([...bundlesOf(moc).values()].flat().map(({ row }) => row.line));
  return moc.sections.flatMap(({ id, title, items }) => {
    const own = items.filter(({ row }) => !bundled.has(row.line));
    if (own.length === 0) return [];
    const slots = own.map(({ node }, i) => ({
      id: node.id,
      column: i % SECTION_COLUMNS,
      row: Math.floor(i / SECTION_COLUMNS),
    }));
    return [{ lane: { id, kind: 'section', label: title, moc: moc.path }, slots }];
  });
}

/** Items nested in a step, by the step's line. */
function bundlesOf(moc: PathMoc): Map<number, PathRow[]> {
  const bundles = new Map<number, PathRow[]>(
    moc.tracks.flatMap(({ steps }) => steps.map(({ row }): [number, PathRow[]] => [row.line, []])),
  );
  for (const item of moc.items) {
    if (item.row.parent !== null) bundles.get(item.row.parent)?.push(item);
  }
  return bundles;
}
