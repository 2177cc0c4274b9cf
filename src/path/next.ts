import type { LearningPath, PathMoc, PathNode, PathRow } from './model';
import { mocRows, rootFirst } from './order';
import { isBehind, isDue, isLearnable, isWritten, openPrerequisites } from './state';

/** What to learn next, and why. */
export interface NextUp {
  readonly node: PathNode;
  readonly reason: 'in progress' | 'due again' | 'next step' | 'next item';
}

/**
 * What to learn next in a MOC: what was begun, then what is due again, then the first step of a track and the first
 * item whose prerequisites are met. Only what is written can be learned; null when nothing is left.
 *
 * @param today ISO 8601
 */
export function nextUp(path: LearningPath, moc: PathMoc, today: string): NextUp | null {
  const steps = moc.tracks.flatMap((track) => track.steps);
  const nodes = (rows: readonly PathRow[]) =>
    rows.map(({ node }) => node).filter((node) => isLearnable(node) && isWritten(node) && node.note !== null);
  const all = nodes([...steps, ...mocRows(moc)]);
  const open = (node: PathNode) => !isBehind(node) && openPrerequisites(node, path).length === 0;
  const choices: readonly [PathNode | undefined, NextUp['reason']][] = [
    [all.find(({ learner }) => learner === 'in-progress'), 'in progress'],
    [all.find((node) => isDue(node, today)), 'due again'],
    [nodes(steps).find(open), 'next step'],
    [all.find(open), 'next item'],
  ];
  for (const [node, reason] of choices) if (node) return { node, reason };
  return null;
}

/** What to learn next in a vault: in the MOC asked for, else in the root or the first other that has something. */
export function nextUpInVault(path: LearningPath, today: string, first: PathMoc | null): NextUp | null {
  const inOrder = rootFirst(path);
  const mocs = first ? [first, ...inOrder.filter((moc) => moc !== first)] : inOrder;
  for (const moc of mocs) {
    const found = nextUp(path, moc, today);
    if (found) return found;
  }
  return null;
}
