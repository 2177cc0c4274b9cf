import type { PathNode, PathRow } from '../../path/model';

/** What can be done with a thing on the path; every view of the path offers the same. */
export interface PathActions {
  /** Opens the note of a node. `source` is the note the user comes from. */
  open(node: PathNode, source: string, newPane: boolean): void;
  /** Creates the note of a planned row, after showing what will be created. */
  create(moc: string, row: PathRow): void;
  /** Marks a note as completed, or takes that back. */
  complete(node: PathNode, completed: boolean): void;
}
