import { textList } from '../markdown/frontmatter';
import { parseLinkText } from '../markdown/links';
import { nodeId } from './nodes';
import type { EdgeKind, PathEdge, PathMoc, PathNode } from './model';
import type { LinkResolver } from './resolve';

/** A prerequisite that leads to no note and no planned item. */
export interface OpenPrerequisite {
  readonly note: string;
  readonly names: string;
}

/** Track order, prerequisites and MOC membership; each edge once, no node with itself. */
export function connect(
  mocs: readonly PathMoc[],
  nodes: ReadonlyMap<string, PathNode>,
  resolver: LinkResolver,
): { edges: PathEdge[]; open: OpenPrerequisite[] } {
  const edges = new Map<string, PathEdge>();
  const open: OpenPrerequisite[] = [];
  const add = (kind: EdgeKind, from: string, to: string) => {
    const id = `${kind}:${from}→${to}`;
    if (from !== to) edges.set(id, { id, kind, from, to });
  };
  for (const moc of mocs) {
    const steps = moc.tracks.flatMap((track) => track.steps);
    for (const { node } of [...moc.items, ...steps]) add('member', moc.node.id, node.id);
    for (const track of moc.tracks) {
      track.steps.slice(1).forEach(({ node }, i) => {
        const before = track.steps[i]?.node;
        if (before) add('track', before.id, node.id);
      });
    }
  }
  for (const node of nodes.values()) {
    for (const text of prerequisitesOf(node)) {
      const target = parseLinkText(text);
      const note = resolver.resolve(target, node.note ?? '');
      const before = nodes.get(nodeId(note, target));
      if (before) add('prerequisite', before.id, node.id);
      else if (note === null && node.note !== null) open.push({ note: node.note, names: target });
    }
  }
  return { edges: [...edges.values()], open };
}

/** The `prerequisites` of a node's note, as written; none without a note. */
export function prerequisitesOf({ facts }: PathNode): string[] {
  return facts === null ? [] : textList(facts.frontmatter['prerequisites']);
}
