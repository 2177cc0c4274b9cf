import { textList } from '../markdown/frontmatter';
import { findLinks, leadsToNote, parseLinkText } from '../markdown/links';
import type { EdgeKind, LearningPath, PathEdge, PathMoc, PathNode } from './model';
import { nodeId, noteId } from './nodes';
import { nodesOfMoc } from './order';
import type { LinkResolver } from './resolve';

/** Looks up the node a name or link means. */
export type NodeLookup = (text: string, from: PathNode) => PathNode | null;

export function nodeLookup(nodes: ReadonlyMap<string, PathNode>, resolver: LinkResolver): NodeLookup {
  return (text, from) => {
    const target = parseLinkText(text);
    return nodes.get(nodeId(resolver.resolve(target, from.note ?? ''), target)) ?? null;
  };
}

/**
 * What ties the nodes of one MOC together: membership, track order, and what their notes say by themselves under
 * `prerequisites`, `see_also` and `source_of_truth`. Each edge once, no node with itself.
 */
export function edgesOfMoc(
  moc: PathMoc,
  find: NodeLookup,
  sameAs: (node: PathNode) => readonly PathNode[],
): PathEdge[] {
  const edges = new Map<string, PathEdge>();
  const add = (kind: EdgeKind, from: string, to: string) => {
    const id = `${kind}:${from}→${to}`;
    if (from !== to) edges.set(id, { id, kind, from, to });
  };
  const nodes = nodesOfMoc(moc);
  for (const { id } of nodes) add('member', moc.node.id, id);
  for (const { steps } of moc.tracks) {
    steps.slice(1).forEach(({ node }, i) => {
      const before = steps[i]?.node;
      if (before) add('track', before.id, node.id);
    });
  }
  for (const node of nodes) {
    for (const text of prerequisitesOf(node)) {
      const before = find(text, node);
      if (before) add('prerequisite', before.id, node.id);
    }
    for (const text of relatedTo(node)) {
      const other = find(text, node);
      // A note that names its MOC says nothing new; two notes that name each other are one tie.
      if (other && !isMember(node, other) && !isMember(other, node)) {
        const [from = '', to = ''] = [node.id, other.id].sort();
        add('see-also', from, to);
      }
    }
    for (const other of sameAs(node)) {
      const [from = '', to = ''] = [node.id, other.id].sort();
      add('same', from, to);
    }
  }
  return [...edges.values()];
}

/** The edges of these MOCs, each once. */
export function edgesOfMocs(path: Pick<LearningPath, 'edgesOf'>, mocs: readonly PathMoc[]): PathEdge[] {
  return [...new Map(mocs.flatMap((moc) => path.edgesOf(moc)).map((edge) => [edge.id, edge])).values()];
}

/** The `prerequisites` of a node's note, as written; none without a note. */
export function prerequisitesOf({ facts }: PathNode): string[] {
  return facts === null ? [] : textList(facts.frontmatter['prerequisites']);
}

/** The links to notes that a node's note has among its sources and under `see_also`; a web address is none. */
function relatedTo({ facts }: PathNode): string[] {
  if (facts === null) return [];
  return ['see_also', 'source_of_truth']
    .flatMap((key) => textList(facts.frontmatter[key]))
    .flatMap((text) => findLinks(text))
    .filter(leadsToNote)
    .map(({ target }) => target);
}

function isMember(node: PathNode, moc: PathNode): boolean {
  return node.places.some((place) => noteId(place.moc) === moc.id);
}
