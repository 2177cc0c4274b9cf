import type { ElementDefinition } from 'cytoscape';
import { readable } from '../../markdown/readable';
import { NODE, type Layout } from '../../path/layout';
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
const MARK = { x: NODE.width / 2 - 4, y: -NODE.height / 2 + 2 };
/** Characters of a title that three lines of a node hold. */
const TITLE_LENGTH = 60;
const ECHO_LENGTH = 44;

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
      data: { id: node.id, label: shorten(node.title, TITLE_LENGTH), state },
      position: { ...position },
      classes: `thing is-${state}`,
    };
    if (mark === undefined) return [thing];
    return [
      thing,
      {
        ...still,
        data: { id: `mark:${node.id}`, of: node.id },
        position: { x: position.x + MARK.x, y: position.y + MARK.y },
        classes: `mark is-${mark}`,
      },
    ];
  });
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  const echoes = layout.echoes.flatMap(({ id, of, x, y }): ElementDefinition[] => {
    const title = titles.get(of);
    if (title === undefined) return [];
    return [
      {
        ...still,
        data: { id: `echo:${id}`, of, label: shorten(title, ECHO_LENGTH) },
        position: { x, y },
        classes: 'echo',
      },
    ];
  });
  const shown = new Set(things.map(({ data }) => data.id));
  // That a MOC holds an item is said by where the item stands; a line to each would hide the path.
  const ties = edges
    .filter(({ kind, from, to }) => kind !== 'member' && shown.has(from) && shown.has(to))
    .map((edge): ElementDefinition => ({
      group: 'edges',
      data: { id: edge.id, source: edge.from, target: edge.to },
      // Lines that are not asked for come out for the node one looks at.
      classes: shownEdges.has(edge.kind) ? `is-${edge.kind}` : `is-${edge.kind} is-quiet`,
      selectable: false,
    }));
  return [...lanes, ...echoes, ...things, ...ties];
}

/** A title cut between words where it would no longer fit. */
function shorten(title: string, length: number): string {
  if (title.length <= length) return title;
  const cut = title.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2))} …`;
}

/** What a screen reader or tooltip says of a node. */
export function nodeWords(node: PathNode, mark?: Mark): string {
  const place = node.places[0];
  const where = place && place.row.section !== '' ? `, in ${readable(place.row.section)}` : '';
  const marked = mark === undefined ? '' : `, ${MARK_WORDS[mark].toLowerCase()}`;
  return `${node.title}: ${lookOf(node).word.toLowerCase()}${marked}${where}`;
}
