import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { scanCells } from '../../cells/scan';
import { isLab } from '../../labs/lab';
import { parseFrontmatter } from '../../markdown/frontmatter';
import { openVault } from '../../vault/folder';
import { readNoteText } from '../noteFile';

/** A note on disk that is a lab. */
export interface LabNote {
  /** Absolute. */
  readonly path: string;
  /** The folder it was found from: its vault, unless an `.obsidian` says otherwise. Absolute. */
  readonly base: string;
  readonly title: string;
  readonly text: string;
  readonly cells: readonly Cell[];
  readonly frontmatter: Readonly<Record<string, unknown>>;
}

export interface FoundLabs {
  readonly labs: readonly LabNote[];
  /** Notes that were looked at and are no labs. */
  readonly others: readonly LabNote[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

/** The labs of a note, a folder or a vault. Rejects with a ProblemError when there is no such thing. */
export async function findLabs(cwd: string, name: string): Promise<FoundLabs> {
  const path = resolve(cwd, name);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return sorted([labNote(path, dirname(path), await readNoteText(path))], []);
  const vault = await openVault(path);
  const notes: LabNote[] = [];
  for (const { path: note } of vault.notes()) {
    // One that cannot be read is among the vault's problems, and keeps no other from being looked at.
    const text = await vault.text(note).catch(() => null);
    if (text !== null) notes.push(labNote(resolve(vault.dir, note), vault.dir, text));
  }
  return sorted(notes, vault.problems);
}

function labNote(path: string, base: string, text: string): LabNote {
  const { data } = parseFrontmatter(text);
  return {
    path,
    base,
    title: basename(path).replace(/\.md$/i, ''),
    text,
    cells: scanCells(text),
    frontmatter: data,
  };
}

function sorted(notes: readonly LabNote[], problems: readonly Problem[]): FoundLabs {
  return {
    labs: notes.filter(({ cells }) => isLab(cells)),
    others: notes.filter(({ cells }) => !isLab(cells)),
    problems,
  };
}
