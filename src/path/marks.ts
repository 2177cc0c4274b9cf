import type { LearningPath, PathNode } from './model';
import { isDue, openPrerequisites } from './state';

/** What stands beside a node's state. */
export type Mark = 'due' | 'blocked' | 'locked';

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  due: 'Due again',
  blocked: 'Blocked by the machine',
  locked: 'Prerequisite open',
};

/** Icons of Obsidian's set. */
export const MARK_ICONS: Readonly<Record<Mark, string>> = {
  due: 'refresh-cw',
  blocked: 'ban',
  locked: 'lock',
};

/**
 * The mark of each node that has one: due before blocked before locked.
 *
 * @param today ISO 8601
 * @param lacking of such requirements, those the lab machine is known to lack
 */
export function marksOf(
  path: LearningPath,
  nodes: readonly PathNode[],
  today: string,
  lacking: (requirements: readonly string[]) => readonly string[] = () => [],
): ReadonlyMap<string, Mark> {
  return new Map(
    nodes.flatMap((node): [string, Mark][] => {
      if (isDue(node, today)) return [[node.id, 'due']];
      if (lacking(node.requires).length > 0) return [[node.id, 'blocked']];
      // Who has begun has gone past the lock.
      const isWaiting = node.note !== null && node.learner === 'not-started';
      if (isWaiting && openPrerequisites(node, path).length > 0) return [[node.id, 'locked']];
      return [];
    }),
  );
}
