import type { NoteKind } from '../moc/moc';
import { kindOfTitle } from '../moc/vocabulary';
import type { AuthoringState, PathNode } from './model';
import type { Learned, ProgressRecord } from './progressRecord';
import type { NoteFacts } from './noteFacts';

export const AUTHORING_STATES: readonly AuthoringState[] = [
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

function ownEntry(learned: Learned, key: string): ProgressRecord | null {
  return Object.hasOwn(learned, key) ? (learned[key] ?? null) : null;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | null {
  if (typeof value !== 'string') return null;
  const wanted = value.trim().toLowerCase();
  return values.find((candidate) => candidate === wanted) ?? null;
}
