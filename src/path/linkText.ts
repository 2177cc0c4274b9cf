import { foldName, noteTitle } from './fold';
import type { NoteFacts } from './noteFacts';

/** Gives for a note the shortest linkpath that means it only, as Obsidian writes it. */
export function linkTexts(notes: readonly Pick<NoteFacts, 'title'>[]): (path: string) => string {
  const counts = new Map<string, number>();
  for (const { title } of notes) counts.set(foldName(title), (counts.get(foldName(title)) ?? 0) + 1);
  return (path) =>
    (counts.get(foldName(noteTitle(path))) ?? 0) > 1 ? path.replace(/\.md$/i, '') : noteTitle(path);
}
