import type { LearningPath, PathNode } from './model';
import { isDue, missingCapabilities, openPrerequisites } from './state';

/** What stands beside a node's state. */
export type Mark = 'due' | 'blocked' | 'locked';

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  due: 'Due again',
  blocked: 'Blocked by the machine',
  locked: 'Prerequisite open',
};

/**
 * The mark of each node that has one: due before blocked before locked.
 *
 * @param today ISO 8601
 * @param machine what the lab machine can do; null when nobody has looked
 */
export function marksOf(
  path: LearningPath,
  nodes: readonly PathNode[],
  today: string,
  machine: ReadonlySet<string> | null = null,
): ReadonlyMap<string, Mark> {
  return new Map(
    nodes.flatMap((node): [string, Mark][] => {
      if (isDue(node, today)) return [[node.id, 'due']];
      if (missingCapabilities(node, machine).length > 0) return [[node.id, 'blocked']];
      if (node.note !== null && openPrerequisites(node, path).length > 0) return [[node.id, 'locked']];
      return [];
    }),
  );
}
