import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asProblem, problem, ProblemError, type Problem } from '../base/problem';
import { noteTitle } from '../path/fold';
import type { NoteFacts, NoteSource } from '../path/noteFacts';
import { readNoteFacts } from '../path/readFacts';
import { eachAtMost } from './concurrency';
import { decodeNote } from './decode';

/** A vault lying on disk. */
export interface FolderVault extends NoteSource {
  /** Absolute path of the folder. */
  readonly dir: string;
  /** Folders and notes that could not be read. Such a note is there by name, but nothing else is known of it. */
  readonly problems: readonly Problem[];
}

/** Files read at the same time: enough to keep a disk busy, far below any limit on open files. */
const READS = 64;

/**
 * Reads the facts of every note in a folder. Hidden files and folders (`.obsidian`, `.git`, `.trash`) and
 * `node_modules` are left out. Rejects with a ProblemError when the folder is none.
 */
export async function openVault(dir: string): Promise<FolderVault> {
  const root = await vaultFolder(dir);
  const { paths, problems } = await findNotes(root);
  const facts = new Map<string, NoteFacts>();
  await eachAtMost(READS, paths, async (path) => {
    try {
      facts.set(path, readNoteFacts(path, decodeNote(path, await readFile(join(root, path)))));
    } catch (error) {
      problems.push(asProblem(error, `The note ${path} could not be read.`));
      facts.set(path, { path, title: noteTitle(path), aliases: [], frontmatter: {} });
    }
  });
  const notes = paths.flatMap((path) => facts.get(path) ?? []);
  return {
    dir: root,
    problems,
    notes: () => notes,
    async text(path) {
      if (!facts.has(path)) throw new ProblemError(problem(`There is no note ${path} in this vault.`));
      return decodeNote(path, await readFile(join(root, path)));
    },
  };
}

async function vaultFolder(dir: string): Promise<string> {
  const next = 'Give the folder that holds your notes.';
  try {
    const found = await stat(dir);
    if (!found.isDirectory()) {
      throw new ProblemError(
        problem(`${dir} is a file, not a vault.`, 'A vault is a folder of notes.', next),
      );
    }
    return await realpath(dir);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ProblemError(
      missing
        ? problem(`There is no folder ${dir}.`, '', next)
        : { ...asProblem(error, `The folder ${dir} could not be opened.`), next },
      { cause: error },
    );
  }
}

/** Vault paths of all notes, sorted, so that every run gives the same answer. */
async function findNotes(root: string): Promise<{ paths: string[]; problems: Problem[] }> {
  const paths: string[] = [];
  const problems: Problem[] = [];
  // A linked folder may contain itself.
  const seen = new Set<string>([root]);

  async function walk(folder: string): Promise<void> {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isNote = /\.md$/i.test(entry.name);
      try {
        const found = entry.isSymbolicLink() ? await stat(join(root, path)) : entry;
        // A pipe or device is no note, and reading one might never end.
        if (found.isFile() && isNote) paths.push(path);
        if (found.isDirectory() && (await isNew(path, entry.isSymbolicLink()))) await walk(path);
      } catch (error) {
        if (isNote || !entry.isSymbolicLink()) problems.push(asProblem(error, `${path} could not be read.`));
      }
    }
  }

  async function isNew(folder: string, linked: boolean): Promise<boolean> {
    const real = linked ? await realpath(join(root, folder)) : join(root, folder);
    if (seen.has(real)) return false;
    seen.add(real);
    return true;
  }

  try {
    await walk('');
  } catch (error) {
    throw new ProblemError(asProblem(error, `The folder ${root} could not be read.`), { cause: error });
  }
  return { paths: paths.sort(), problems };
}
