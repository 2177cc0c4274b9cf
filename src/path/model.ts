import type { Problem } from '../base/problem';
import type { MocItem, NoteKind, PlannedMark } from '../moc/moc';
import type { LearnerState } from './progressRecord';
import type { NoteFacts } from './noteFacts';

/** How far the writing of a note is. `planned` without a note; with one, its frontmatter `status` (see state.ts). */
export type AuthoringState = 'planned' | 'stub' | 'draft' | 'ready' | 'verified' | 'retired';

/** Why a thing without a note is planned: its row or heading says so, or its link leads nowhere yet. */
export type PlannedBy = PlannedMark | 'unresolved';

/** One thing to learn: a note, or what is to become one. Rows that name the same thing share its node. */
export interface PathNode {
  /** `note:<vault path>`, or `planned:<folded title>` while there is no note. */
  readonly id: string;
  readonly title: string;
  readonly kind: NoteKind;
  /** Vault path, or null while there is no note. */
  readonly note: string | null;
  readonly facts: NoteFacts | null;
  readonly state: AuthoringState;
  readonly learner: LearnerState;
  /** ISO 8601 of the learner's last change, or null. */
  readonly learnedWhen: string | null;
  /** The strongest reason any of its rows gives (marker, heading, unresolved); null with a note or for plain steps. */
  readonly planned: PlannedBy | null;
  /** Where MOCs name it, in reading order; empty for a MOC that no other MOC names. */
  readonly places: readonly Place[];
  /** ISO 8601 date from which on a completed note is due again (`review_interval`), or null. */
  readonly dueOn: string | null;
  /** What its lab needs of a machine: `lab_requires`, such as `cap/net_admin`. */
  readonly requires: readonly string[];
}

/** One row that names a node, in reading order within its MOC. */
export interface Place {
  /** Vault path of the MOC. */
  readonly moc: string;
  readonly role: 'item' | 'step';
  readonly row: MocItem;
}

/** A row of a MOC together with the node it names. */
export interface PathRow {
  readonly row: MocItem;
  readonly node: PathNode;
  /** This row's own mark; null as soon as a note exists, and for plain steps. */
  readonly planned: PlannedBy | null;
}

export interface PathTrack {
  /** `<moc path>#track:<title>` and a number from the second track of that title on. */
  readonly id: string;
  readonly title: string;
  /** 1-based line of its heading. */
  readonly line: number;
  readonly steps: readonly PathRow[];
  readonly progress: Progress;
}

/** The items under one heading. */
export interface PathSection {
  /** `<moc path>#section:<headings joined by " › ">`. */
  readonly id: string;
  /** Heading as written; empty above the first heading. */
  readonly title: string;
  readonly sections: readonly string[];
  readonly items: readonly PathRow[];
  readonly progress: Progress;
}

export interface PathMoc {
  readonly path: string;
  readonly title: string;
  /** The node of the MOC note itself. */
  readonly node: PathNode;
  readonly items: readonly PathRow[];
  readonly sections: readonly PathSection[];
  readonly tracks: readonly PathTrack[];
  readonly progress: Progress;
}

/** Counts over a section, track, MOC or vault. */
export interface Progress {
  /** Rows. */
  readonly items: number;
  readonly steps: number;
  readonly tracks: number;
  /** Item rows without a note, by the mark they carry. */
  readonly planned: { readonly marker: number; readonly heading: number };
  /** Distinct missing notes that an unmarked item or step links to. */
  readonly unresolved: number;
  /** Distinct things to learn: items and steps folded, maps and retired notes left out. */
  readonly total: number;
  /** Of `total`: those whose note is more than a stub. */
  readonly written: number;
  /** Of `total`. */
  readonly completed: number;
  readonly inProgress: number;
  readonly skipped: number;
  /** `completed` of `total`, rounded down, 0–100; 0 of nothing is 0. */
  readonly percent: number;
}

export type EdgeKind = 'track' | 'prerequisite' | 'member' | 'see-also' | 'same';

export interface PathEdge {
  /** `<kind>:<from>→<to>`; unique. */
  readonly id: string;
  readonly kind: EdgeKind;
  /** Node ids. `track` and `prerequisite` lead from what comes first, `member` from the MOC; the others go both ways. */
  readonly from: string;
  readonly to: string;
}

/**
 * Every MOC of a vault as one graph, as it stands now: after the next change its model gives another one. MOCs and
 * nodes are values; one that has not changed is the same object as before.
 */
export interface LearningPath {
  /** By vault path. */
  readonly mocs: readonly PathMoc[];
  /** By node id, in no order; for reading order see order.ts. */
  readonly nodes: ReadonlyMap<string, PathNode>;
  readonly progress: Progress;
  readonly edges: readonly PathEdge[];
  readonly warnings: readonly Problem[];
  moc(path: string): PathMoc | null;
  /** The edges between the nodes of one MOC. */
  edgesOf(moc: PathMoc): readonly PathEdge[];
  /** What a reader of one MOC should know. */
  warningsOf(moc: PathMoc): readonly Problem[];
  /** The nodes that a node's note names under `prerequisites`. */
  prerequisitesOf(node: PathNode): readonly PathNode[];
  /** Nodes that may be the same thing under another name (`Lab - X` and `X`). */
  sameAs(node: PathNode): readonly PathNode[];
}
