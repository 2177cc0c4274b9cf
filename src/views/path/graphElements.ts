import type { ElementDefinition } from 'cytoscape';
import { readable } from '../../markdown/readable';
import type { Layout } from '../../path/layout';
import { lookOf } from '../../path/look';
import { MARK_WORDS, type Mark } from '../../path/marks';
import type { EdgeKind, PathEdge, PathNode } from '../../path/model';

/** What a picture shows. */
export interface Picture {
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
  readonly layout: Layout;
  readonly marks: ReadonlyMap<string, Mark>;
  /** The kinds of edges the user wants to see. */
  readonly shownEdges: ReadonlySet<EdgeKind>;
}

/** Pixels from a lane's corner to the middle of its label's first letter. */
const LABEL = { x: 16, y: 20 };
/** Pixels from a node's middle to its mark. */
const MARK = { x: 92, y: -32 };

/** What Cytoscape is given for a path: lanes as boxes that cannot be touched, edges, nodes and their marks on top. */
export function graphElements({ nodes, edges, layout, marks, shownEdges }: Picture): ElementDefinition[] {
  const still = { group: 'nodes' as const, selectable: false, grabbable: false };
  const lanes = layout.lanes.flatMap((lane): ElementDefinition[] => [
    {
      ...still,
      data: { id: `lane:${lane.id}`, width: lane.width, height: lane.height },
      position: { x: lane.x + lane.width / 2, y: lane.y + lane.height / 2 },
      classes: `lane is-${lane.kind}`,
    },
    // A point at the lane's corner carries the words: a wide lane's middle is out of sight.
    {
      ...still,
      data: { id: `label:${lane.id}`, label: readable(lane.label) },
      position: { x: lane.x + LABEL.x, y: lane.y + LABEL.y },
      classes: 'lane-label',
    },
  ]);
  const things = nodes.flatMap((node): ElementDefinition[] => {
    const position = layout.positions.get(node.id);
    if (!position) return [];
    const { state } = lookOf(node);
    const mark = marks.get(node.id);
    const thing = {
      ...still,
      data: { id: node.id, label: node.title, state },
      position: { ...position },
      classes: `thing is-${state}`,
    };
    if (mark === undefined) return [thing];
    return [
      thing,
      {
        ...still,
        data: { id: `mark:${node.id}` },
        position: { x: position.x + MARK.x, y: position.y + MARK.y },
        classes: `mark is-${mark}`,
      },
    ];
  });
  const shown = new Set(things.map(({ data }) => data.id));
  // That a MOC holds an item is said by where the item stands; a line to each would hide the path.
  const ties = edges
    .filter(
      ({ kind, from, to }) => kind !== 'member' && shownEdges.has(kind) && shown.has(from) && shown.has(to),
    )
    .map((edge): ElementDefinition => ({
      group: 'edges',
      data: { id: edge.id, source: edge.from, target: edge.to },
      classes: `is-${edge.kind}`,
      selectable: false,
    }));
  return [...lanes, ...things, ...ties];
}

/** What a screen reader or tooltip says of a node. */
export function nodeWords(node: PathNode, mark?: Mark): string {
  const place = node.places[0];
  const where = place && place.row.section !== '' ? `, in ${readable(place.row.section)}` : '';
  const marked = mark === undefined ? '' : `, ${MARK_WORDS[mark].toLowerCase()}`;
  return `${node.title}: ${lookOf(node).word.toLowerCase()}${marked}${where}`;
}
