import type { Problem } from '../base/problem';
import type { NoteLink } from '../markdown/links';

/** How a MOC itself says that an item is still to be written. (An unresolved link is found out in `path/`.) */
export type PlannedMark = 'marker' | 'heading';

/** What sort of note an item is or would be; it decides a stub's template. */
export type NoteKind = 'debug' | 'lab' | 'guide' | 'map';

/** One list row of a MOC that is linked or planned. Other rows are prose and no items. */
export interface MocItem {
  /** The link's target name, or the bold name, or the plain text without marker and description. */
  readonly title: string;
  readonly kind: NoteKind;
  readonly link: NoteLink | null;
  readonly planned: PlannedMark | null;
  /** The words behind the dash; empty when there are none. */
  readonly description: string;
  /** The nearest heading's text as written (empty above the first heading), and all headings down to it, outermost first. */
  readonly section: string;
  readonly sections: readonly string[];
  /** 1-based line in the note. */
  readonly line: number;
  /** 1-based line of the list row this one is nested in, or null: a step bundles the items nested in it. */
  readonly parent: number | null;
  /** 0-based UTF-16 columns of the title as it stands in the line (link or bold marks included), end exclusive. */
  readonly from: number;
  readonly to: number;
}

/** One row of a track. It may be a plain name, neither linked nor marked as planned. */
export type TrackStep = MocItem;

/** An ordered list under a learning-path heading. */
export interface Track {
  /** The heading's text as written, or the text of the bullet the list is nested in. */
  readonly title: string;
  /** 1-based line of that heading or bullet. */
  readonly line: number;
  readonly steps: readonly TrackStep[];
}

/** A Map of Content, as its text alone tells it. */
export interface Moc {
  readonly path: string;
  /** Frontmatter `title`, else the file name. */
  readonly title: string;
  readonly items: readonly MocItem[];
  readonly tracks: readonly Track[];
  readonly problems: readonly Problem[];
}
