import type { Problem } from '../base/problem';
import type { NoteLink } from '../markdown/links';

/** How a MOC itself says that an item is still to be written. (An unresolved link is found out in `path/`.) */
export type PlannedMark = 'marker' | 'heading';

/** What sort of note an item is or would be; it decides a stub's template. */
export type NoteKind = 'debug' | 'lab' | 'guide' | 'map';

/** One bullet of a MOC that is linked or planned. Other bullets are prose and no items. */
export interface MocItem {
  /** The link's target name, or the bold name, or the plain text without marker and description. */
  readonly title: string;
  readonly kind: NoteKind;
  readonly link: NoteLink | null;
  readonly planned: PlannedMark | null;
  /** The words behind the dash; empty when there are none. */
  readonly description: string;
  /** The nearest heading's text as written, and all headings above it, outermost first. */
  readonly section: string;
  readonly sections: readonly string[];
  /** 1-based line in the note. */
  readonly line: number;
  /** 0-based UTF-16 columns of the title as it stands in the line (link or bold marks included), end exclusive. */
  readonly from: number;
  readonly to: number;
}

/** One row of a track. */
export type TrackStep = Omit<MocItem, 'planned'> & { readonly planned: PlannedMark | null };

/** An ordered list under a learning-path heading. */
export interface Track {
  /** The heading's text as written. */
  readonly title: string;
  readonly line: number;
  readonly steps: readonly TrackStep[];
}

/** A Map of Content, as its text alone tells it. */
export interface Moc {
  readonly path: string;
  readonly title: string;
  readonly items: readonly MocItem[];
  readonly tracks: readonly Track[];
  readonly problems: readonly Problem[];
}
