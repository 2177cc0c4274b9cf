import type { NoteKind } from '../moc/moc';
import { daysAfter, intervalDays } from './interval';
import { kindOfTitle } from '../moc/vocabulary';
import type { AuthoringState, LearningPath, PathNode } from './model';
import type { Learned, ProgressRecord } from './progressRecord';
import type { NoteFacts } from './noteFacts';

const AUTHORING_STATES: readonly AuthoringState[] = [
  'planned',
  'stub',
  'draft',
  'ready',
  'verified',
  'retired',
];

const NOTE_KINDS: readonly NoteKind[] = ['debug', 'lab', 'guide', 'map'];

/** No note is planned; a note is what its `status` says, and ready when it says nothing we know. */
export function authoringState(note: NoteFacts | null): AuthoringState {
  if (note === null) return 'planned';
  return oneOf(AUTHORING_STATES, note.frontmatter['status']) ?? 'ready';
}

/** The key of a note in the learner's book: its `uid`, which survives a rename, else its path. */
export function learnedKey(note: NoteFacts): string {
  const uid = note.frontmatter['uid'];
  if (typeof uid === 'number') return String(uid);
  return typeof uid === 'string' && uid.trim() !== '' ? uid.trim() : note.path;
}

/** The book's entry of a note; also one made before the note had its uid. */
export function learnedEntry(note: NoteFacts, learned: Learned): ProgressRecord | null {
  return ownEntry(learned, learnedKey(note)) ?? ownEntry(learned, note.path);
}

/** What sort of note this is: its `type`, else its title's prefix, else null. */
export function kindOfNote(note: NoteFacts): NoteKind | null {
  return oneOf(NOTE_KINDS, note.frontmatter['type']) ?? kindOfTitle(note.title);
}

/** Whether a node counts as something to learn: maps lead to others, retired notes are out of the way. */
export function isLearnable({ kind, state }: PathNode): boolean {
  return kind !== 'map' && state !== 'retired';
}

/** Whether somebody has written the note: a stub is only its beginning. */
export function isWritten({ state }: PathNode): boolean {
  return state !== 'planned' && state !== 'stub';
}

/**
 * The date from which on a completed note is due again: its record's days, or `review_interval`, after it was completed, or after
 * `last_reviewed` when that is later. Null when it is not completed or has no interval.
 */
export function dueOn(
  { frontmatter }: NoteFacts,
  { state, when, reviewDays }: ProgressRecord,
): string | null {
  const days = reviewDays ?? intervalDays(frontmatter['review_interval']);
  if (state !== 'completed' || days === null) return null;
  const reviewed = frontmatter['last_reviewed'];
  const dates = [when, typeof reviewed === 'string' ? reviewed : ''].flatMap(
    (date) => daysAfter(date, days) ?? [],
  );
  return dates.sort().at(-1) ?? null;
}

/** Whether a node is due on a day (ISO 8601 date or time). */
export function isDue(node: PathNode, today: string): boolean {
  return node.dueOn !== null && node.dueOn <= today.slice(0, 10);
}

/** Whether the learner is through with a node, by learning or by leaving it out. */
export function isBehind({ learner }: PathNode): boolean {
  return learner === 'completed' || learner === 'skipped';
}

/** The prerequisites still open: a soft lock, for the learner may go on all the same. */
export function openPrerequisites(node: PathNode, path: LearningPath): PathNode[] {
  if (isBehind(node)) return [];
  return path.prerequisitesOf(node).filter((before) => isLearnable(before) && !isBehind(before));
}

function ownEntry(learned: Learned, key: string): ProgressRecord | null {
  return Object.hasOwn(learned, key) ? (learned[key] ?? null) : null;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | null {
  if (typeof value !== 'string') return null;
  const wanted = value.trim().toLowerCase();
  return values.find((candidate) => candidate === wanted) ?? null;
}
