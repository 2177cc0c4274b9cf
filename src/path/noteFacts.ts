import type { Problem } from '../base/problem';

/** All that the path knows of a note; Obsidian's metadata cache and a folder on disk both supply it. */
export interface NoteFacts {
  /** Vault path with `/`, ending in `.md`. */
  readonly path: string;
  /** File name without folder and `.md`. */
  readonly title: string;
  readonly aliases: readonly string[];
  readonly frontmatter: Readonly<Record<string, unknown>>;
  /** Set when the note's frontmatter could be read only in part: the note stays in the path, with this warning. */
  readonly problem?: Problem | null;
}

/** A source of notes: a vault, open in the app or lying on disk. */
export interface NoteSource {
  notes(): readonly NoteFacts[];
  /** The text of a note; rejects when there is no such note. */
  text(path: string): Promise<string>;
}
