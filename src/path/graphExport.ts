import type { EdgeKind, LearningPath } from './model';
import { inReadingOrder } from './order';
import { layoutPath } from './layout';

/** The path as plain nodes with positions and edges, for other programs. */
export function graphToJson(path: LearningPath) {
  const { positions, lanes } = layoutPath(path.mocs);
  return {
    nodes: inReadingOrder(path).map(({ id, title, kind, note, state, learner, planned }) => ({
      id,
      title,
      kind,
      note,
      state,
      learner,
      planned,
      position: positions.get(id) ?? null,
    })),
    edges: path.edges,
    lanes,
  };
}

const ARROW: Readonly<Record<EdgeKind, string>> = {
  track: '-->',
  prerequisite: '-. requires .->',
  member: '---',
  'see-also': '-.-',
  same: '== same as? ==',
};

/** The path as a Mermaid flowchart: one subgraph per track, then everything the tracks do not name. */
export function graphToMermaid(path: LearningPath): string {
  const names = new Map(inReadingOrder(path).map(({ id }, i) => [id, `n${i}`]));
  const drawn = new Set<string>();
  const draw = (id: string): string[] => {
    const node = path.nodes.get(id);
    if (!node || drawn.has(id)) return [];
    drawn.add(id);
    return [`  ${names.get(id) ?? ''}["${label(node.title)}"]:::${node.state}`];
  };
  const tracks = path.mocs.flatMap((moc) => moc.tracks);
  const lines = tracks.flatMap((track, i) => [
    `  subgraph t${i}["${label(track.title)}"]`,
    ...track.steps.flatMap(({ node }) => draw(node.id)).map((line) => `  ${line}`),
    '  end',
  ]);
  const rest = inReadingOrder(path).flatMap(({ id }) => draw(id));
  const edges = path.edges.map(
    ({ from, to, kind }) => `  ${names.get(from) ?? ''} ${ARROW[kind]} ${names.get(to) ?? ''}`,
  );
  return `${['flowchart LR', ...lines, ...rest, ...edges].join('\n')}\n`;
}

/** Mermaid reads entities in labels, and nothing else protects quotes and brackets there. */
function label(text: string): string {
  return text.replace(/["#&<>[\]{}|\\`]/g, (character) => `#${character.charCodeAt(0)};`);
}
