import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { problem, ProblemError } from '../base/problem';
import type { Cell } from '../cells/cell';
import { scanCells } from '../cells/scan';
import { readLabVars, type LabVar } from '../labs/vars';
import { parseFrontmatter } from '../markdown/frontmatter';
import { decodeNote } from '../vault/decode';

/** A note on disk, with its cells. */
export interface NoteFile {
  /** Absolute path: the note's identity in sessions. */
  readonly path: string;
  readonly cells: readonly Cell[];
  /** The `host` property, or null. */
  readonly host: string | null;
  /** Its `lab_vars`. */
  readonly vars: readonly LabVar[];
}

/** Rejects with a ProblemError when there is no such note. */
export async function readNote(cwd: string, name: string): Promise<NoteFile> {
  const path = resolve(cwd, name);
  const text = await readNoteText(path);
  const { data } = parseFrontmatter(text);
  const host = typeof data['host'] === 'string' && data['host'] !== '' ? data['host'] : null;
  return { path, cells: scanCells(text), host, vars: readLabVars(data) };
}

/** The text of the note at an absolute path. Rejects with a ProblemError when there is no such note. */
export async function readNoteText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = code === 'ENOENT' ? 'There is no such file.' : code === 'EISDIR' ? 'It is a folder.' : code;
    throw new ProblemError(
      problem(`The note ${path} cannot be read.`, why, 'Give the path of a Markdown file.'),
    );
  });
  return decodeNote(path, bytes);
}
