import type { ElementDefinition } from 'cytoscape';
import type { Layout } from '../../path/layout';
import type { LearningPath, PathNode } from '../../path/model';
import { readable } from '../../markdown/readable';
import { lookOf } from '../../path/look';

/** What Cytoscape is given for a path: lanes as boxes that cannot be touched, nodes and edges on top. */
export function graphElements(path: LearningPath, layout: Layout): ElementDefinition[] {
  const lanes = layout.lanes.map((lane): ElementDefinition => ({
    group: 'nodes',
    data: { id: `lane:${lane.id}`, label: readable(lane.label), width: lane.width, height: lane.height },
    position: { x: lane.x + lane.width / 2, y: lane.y + lane.height / 2 },
    classes: `lane is-${lane.kind}`,
    selectable: false,
    grabbable: false,
  }));
  const nodes = [...path.nodes.values()].flatMap((node): ElementDefinition[] => {
    const position = layout.positions.get(node.id);
    return position
      ? [
          {
            group: 'nodes',
            data: { id: node.id, label: node.title, state: lookOf(node).state },
            position: { ...position },
            classes: `thing is-${lookOf(node).state}`,
            grabbable: false,
          },
        ]
      : [];
  });
  const shown = new Set(nodes.map(({ data }) => data.id));
  // That a MOC holds an item is said by where the item stands; a line to each would hide the path.
  const edges = path.edges
    .filter(({ kind, from, to }) => kind !== 'member' && shown.has(from) && shown.has(to))
    .map((edge): ElementDefinition => ({
      group: 'edges',
      data: { id: edge.id, source: edge.from, target: edge.to },
      classes: `is-${edge.kind}`,
      selectable: false,
    }));
  return [...lanes, ...nodes, ...edges];
}

/** What a screen reader or tooltip says of a node. */
export function nodeWords(node: PathNode): string {
  const place = node.places[0];
  const where = place && place.row.section !== '' ? `, in ${readable(place.row.section)}` : '';
  return `${node.title}: ${lookOf(node).word.toLowerCase()}${where}`;
}
