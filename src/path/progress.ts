import type { PathNode, PathRow, Progress } from './model';
import { isLearnable, isWritten } from './state';

/** Counts the rows of a section, a track, a MOC or the whole vault. */
export function countProgress(
  items: readonly PathRow[],
  steps: readonly PathRow[] = [],
  tracks = 0,
): Progress {
  const rows = [...items, ...steps];
  const nodes = new Map<string, PathNode>(rows.map(({ node }) => [node.id, node]));
  const learnable = [...nodes.values()].filter(isLearnable);
  const completed = learnable.filter(({ learner }) => learner === 'completed').length;
  const unresolved = rows.filter(({ planned }) => planned === 'unresolved').map(({ node }) => node.id);
  return {
    items: items.length,
    steps: steps.length,
    tracks,
    planned: {
      marker: items.filter(({ planned }) => planned === 'marker').length,
      heading: items.filter(({ planned }) => planned === 'heading').length,
    },
    unresolved: new Set(unresolved).size,
    total: learnable.length,
    written: learnable.filter(isWritten).length,
    completed,
    inProgress: learnable.filter(({ learner }) => learner === 'in-progress').length,
    skipped: learnable.filter(({ learner }) => learner === 'skipped').length,
    percent: learnable.length === 0 ? 0 : Math.floor((completed * 100) / learnable.length),
  };
}
