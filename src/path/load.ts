import { asProblem, type Problem } from '../base/problem';
import { isMoc, parseMoc } from '../moc/parse';
import { defaultVocabulary, type Vocabulary } from '../moc/vocabulary';
import type { LearningPath } from './model';
import type { NoteFacts, NoteSource } from './noteFacts';
import { PathModel } from './pathModel';
import type { Learned } from './progressRecord';
import { inNote } from './warnings';

/** Keeps the path of a vault up to date; the app and the headless twin both come in here. Only MOC notes are read. */
export class PathLoader {
  private readonly model = new PathModel();
  private readonly unreadable = new Map<string, Problem>();

  constructor(
    private readonly source: Pick<NoteSource, 'text'>,
    private readonly vocabulary: Vocabulary = defaultVocabulary,
  ) {}

  /** Takes in these notes as they are now. */
  async set(notes: Iterable<NoteFacts>): Promise<void> {
    const mocs: NoteFacts[] = [];
    for (const note of notes) {
      if (isMoc(note.frontmatter)) mocs.push(note);
      else this.model.setNote(note, null);
    }
    await Promise.all(mocs.map((note) => this.setMoc(note)));
  }

  /** Takes in these notes and forgets all others. */
  async replaceAll(notes: readonly NoteFacts[]): Promise<void> {
    const kept = new Set(notes.map(({ path }) => path));
    for (const path of this.model.notePaths()) if (!kept.has(path)) this.remove(path);
    await this.set(notes);
  }

  remove(path: string): void {
    this.unreadable.delete(path);
    this.model.removeNote(path);
  }

  settle(learned: Learned): { readonly path: LearningPath; readonly unreadable: readonly Problem[] } {
    this.model.setLearned(learned);
    return { path: this.model.settle(), unreadable: [...this.unreadable.values()] };
  }

  private async setMoc(note: NoteFacts): Promise<void> {
    try {
      const text = await this.source.text(note.path);
      this.model.setNote(note, parseMoc(text, note.path, this.vocabulary));
      this.unreadable.delete(note.path);
    } catch (error) {
      // One MOC that cannot be read must not take the others' path away.
      this.unreadable.set(note.path, inNote(note.path, asProblem(error, 'This MOC could not be read.')));
      this.model.setNote(note, null);
    }
  }
}

/** The path of a vault, once. */
export async function loadPath(
  source: NoteSource,
  learned: Learned,
  vocabulary: Vocabulary = defaultVocabulary,
): Promise<{ readonly path: LearningPath; readonly unreadable: readonly Problem[] }> {
  const loader = new PathLoader(source, vocabulary);
  await loader.set(source.notes());
  return loader.settle(learned);
}
