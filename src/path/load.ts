import { asProblem, type Problem } from '../base/problem';
import type { Moc } from '../moc/moc';
import { isMoc, parseMoc } from '../moc/parse';
import { defaultVocabulary, type Vocabulary } from '../moc/vocabulary';
import { buildPath } from './learningPath';
import type { LearningPath } from './model';
import type { Learned } from './progressRecord';
import type { NoteSource } from './noteFacts';
import { inNote } from './warnings';

export interface LoadOptions {
  readonly vocabulary?: Vocabulary;
  /**
   * Parsed MOCs by vault path, kept by the caller between calls. A MOC found here is not read again, so its
   * entry must be deleted when the note changes.
   */
  readonly cache?: Map<string, Moc>;
}

/** Builds the path of a vault; the app and the headless twin both come in here. Only MOC notes are read. */
export async function loadPath(
  source: NoteSource,
  learned: Learned,
  { vocabulary = defaultVocabulary, cache = new Map<string, Moc>() }: LoadOptions = {},
): Promise<{ path: LearningPath; mocs: readonly Moc[] }> {
  const notes = source.notes();
  const unreadable: Problem[] = [];
  const read = await Promise.all(
    notes
      .filter((note) => isMoc(note.frontmatter))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(async ({ path }) => {
        const known = cache.get(path);
        if (known) return known;
        try {
          const moc = parseMoc(await source.text(path), path, vocabulary);
          cache.set(path, moc);
          return moc;
        } catch (error) {
          // One MOC that cannot be read must not take the others' path away.
          unreadable.push(inNote(path, asProblem(error, 'This MOC could not be read.')));
          return null;
        }
      }),
  );
  const mocs = read.filter((moc) => moc !== null);
  const path = buildPath({ mocs, notes, learned });
  return { path: { ...path, warnings: [...unreadable, ...path.warnings] }, mocs };
}
