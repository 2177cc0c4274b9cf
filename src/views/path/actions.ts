import type { PathNode } from '../../path/model';
import type { LearnerState } from '../../path/progressRecord';

/** What can be done with a thing on the path; every view of the path offers the same. */
export interface PathActions {
  /** Opens the note of a node. `source` is the note the user comes from. */
  open(node: PathNode, source: string, newPane: boolean): void;
  /** Creates the note of a planned node, after showing what will be created. */
  create(node: PathNode): void;
  /** The link to a note as the user writes links. */
  linkTo(note: string): string;
  /** Says by hand how far the learner is with a note. */
  setState(node: PathNode, state: LearnerState): void;
  /** Makes two nodes one: the note that the first has or gets takes the other's title as an alias. */
  acceptSame(node: PathNode, other: PathNode): void;
}
