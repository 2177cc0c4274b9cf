import type { Mark } from './marks';
import type { PathNode, PathTrack } from './model';
import { matchesSearch } from './search';
import { isBehind, isLearnable, isWritten } from './state';

/** What part of a path one looks at. */
export type PathFilter = 'all' | 'to-write' | 'to-learn' | 'completed' | 'due' | 'blocked';

export const FILTER_WORDS: Readonly<Record<PathFilter, string>> = {
  all: 'Everything',
  'to-write': 'To write',
  'to-learn': 'To learn',
  completed: 'Completed',
  due: 'Due again',
  blocked: 'Blocked by the machine',
};

export function matchesFilter(node: PathNode, mark: Mark | undefined, filter: PathFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'to-write':
      return isLearnable(node) && !isWritten(node);
    case 'to-learn':
      return isLearnable(node) && isWritten(node) && !isBehind(node);
    case 'completed':
      return node.learner === 'completed';
    case 'due':
    case 'blocked':
      return mark === filter;
  }
}

/** What one looks at: a track, words, a part of the path. */
export interface Look {
  readonly track: PathTrack | null;
  readonly query: string;
  readonly filter: PathFilter;
}

/** The ids of the nodes that fit what one looks at; null when one looks at everything. */
export function nodesLookedAt(
  nodes: readonly PathNode[],
  marks: ReadonlyMap<string, Mark>,
  { track, query, filter }: Look,
): ReadonlySet<string> | null {
  if (track === null && query.trim() === '' && filter === 'all') return null;
  const among = track === null ? nodes : track.steps.map(({ node }) => node);
  const fits = (node: PathNode) =>
    matchesSearch(node, query) && matchesFilter(node, marks.get(node.id), filter);
  return new Set(among.filter(fits).map(({ id }) => id));
}
