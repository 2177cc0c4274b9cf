/** What one picture is of: the map that was chosen, or all maps while they are few enough for one picture. */
import type { LearningPath, PathMoc, PathNode } from '../../path/model';
import { inReadingOrder, rootFirst } from '../../path/order';

/** Nodes up to which all maps are shown in one picture: more would be slow, and no picture any more. */
const MOST_NODES = 3_000;

export interface ShownMocs {
  /** The map that was chosen; with all maps it is remembered, not shown alone. */
  readonly moc: PathMoc;
  /** The map that is shown alone, or null while several are. */
  readonly alone: PathMoc | null;
  /** The maps that are shown, the one to begin with first. */
  readonly mocs: readonly PathMoc[];
  /** Their nodes in reading order, each once. */
  readonly nodes: readonly PathNode[];
  /** Whether all maps may be asked for. */
  readonly mayShowAll: boolean;
}

/** `all` asks for all maps; where that may not be, the chosen one is shown. */
export function mocsToShow(path: LearningPath, moc: PathMoc, all: boolean): ShownMocs {
  const mayShowAll = path.mocs.length > 1 && path.nodes.size <= MOST_NODES;
  const mocs = all && mayShowAll ? rootFirst(path) : [moc];
  return { moc, alone: mocs.length > 1 ? null : moc, mocs, nodes: inReadingOrder({ mocs }), mayShowAll };
}
