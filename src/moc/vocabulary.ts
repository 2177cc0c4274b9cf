import type { NoteKind } from './moc';

/**
 * The words by which a MOC speaks. Headings are read by their words alone: an emoji, also one broken by a
 * wrong decoding, is no word and changes nothing.
 */
export interface Vocabulary {
  /** Words that mark a row as planned when they stand in round brackets: `(planned)`. */
  readonly markers: readonly string[];
}

export const defaultVocabulary: Vocabulary = { markers: ['planned', 'todo'] };

/** The vocabulary of words with commas between them, as settings hold it; the usual one when there are none. */
export function vocabularyOf(words: string): Vocabulary {
  const markers = words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return markers.length === 0 ? defaultVocabulary : { markers };
}

/** Lower-case words that hold an ASCII letter or digit; what a broken emoji leaves behind is dropped. */
function headingWords(heading: string): string {
  const words = heading.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => /[a-z0-9]/.test(word)).join(' ');
}

const PLANNED = /\b(?:planned|todo|tbd|unwritten)\b|\bto be written\b/;
/** "To write" at either end, but not "How to write a plugin" and not "What to do". */
const TO_WRITE = /^(?:still )?to (?:write|do)\b|(?<!\b(?:how|what|where|when) )\bto (?:write|do)$/;
const NOT_PLANNED = /\b(?:not|never|no longer) planned\b/;

/** Whether a heading says that what stands below it is still to be written. */
export function isPlannedHeading(heading: string): boolean {
  const words = headingWords(heading);
  return (PLANNED.test(words) || TO_WRITE.test(words)) && !NOT_PLANNED.test(words);
}

/** "Packet path" and "Track down leaks" are none: path needs a word of learning, track must be the noun. */
const PATH_HEADING = [
  /\b(?:learning|study|training|reading|skill|career|lab|labs) (?:path|plan|order|journey|sequence)s?\b/,
  /^(?:the |your )?paths?$/,
  /\btracks?(?: \d+)?$/,
  /\b(?:curriculum|curricula|roadmap|road map|syllabus)\b/,
];
const LETTERED_TRACK = /\bTrack\s+(?:\d+|[A-Z])\s*[:–—-]/;

/** Whether ordered lists below this heading are tracks. */
export function isPathHeading(heading: string): boolean {
  const words = headingWords(heading);
  return PATH_HEADING.some((pattern) => pattern.test(words)) || LETTERED_TRACK.test(heading);
}

const KIND_BY_PREFIX: readonly (readonly [RegExp, NoteKind])[] = [
  [/^debug\s+[-–—]\s/i, 'debug'],
  [/^lab\s+[-–—]\s/i, 'lab'],
  [/^moc\s+[-–—]\s/i, 'map'],
];

const KIND_BY_WORD: readonly (readonly [RegExp, NoteKind])[] = [
  [/\b(?:debug|debugging|troubleshoot|troubleshooting)\b/, 'debug'],
  [/\b(?:lab|labs|exercise|exercises|capstone|capstones)\b/, 'lab'],
  // Not any map: "eBPF maps" are none of ours.
  [/\bmocs?\b|\bmaps? of content\b|^(?:related |other |child |parent )?maps$/, 'map'],
  [/\b(?:guides?|tutorials?)\b/, 'guide'],
];

/** The kind a title's prefix claims (`DEBUG - `, `Lab - `, `MOC - `), or null. */
export function kindOfTitle(title: string): NoteKind | null {
  return KIND_BY_PREFIX.find(([prefix]) => prefix.test(title))?.[1] ?? null;
}

/** The kind of an item: by its title's prefix, then by the words of the headings above it, nearest first. */
export function kindOf(title: string, sections: readonly string[]): NoteKind {
  const byTitle = kindOfTitle(title);
  if (byTitle !== null) return byTitle;
  for (const heading of [...sections].reverse()) {
    const words = headingWords(heading);
    const found = KIND_BY_WORD.find(([pattern]) => pattern.test(words));
    if (found) return found[1];
  }
  return 'guide';
}
