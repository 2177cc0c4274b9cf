import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { asProblem, problem, ProblemError } from '../base/problem';
import { decodeNote } from './decode';

/**
 * Writes a new note, whole or not at all, and never over an existing one. Folders on the way are made.
 * Rejects with a ProblemError, also when the note exists already; the other file is then untouched.
 */
export async function createNote(dir: string, path: string, text: string): Promise<void> {
  const target = await inside(dir, path);
  try {
    await mkdir(dirname(target), { recursive: true });
    await throughTemporary(target, text, async (temporary) => {
      try {
        // A hard link is the one move that refuses to replace; a rename would overwrite.
        await link(temporary, target);
      } catch (error) {
        if (!NO_HARD_LINKS.has(codeOf(error))) throw error;
        await writeFile(target, text, { flag: 'wx' });
      }
    });
  } catch (error) {
    const found =
      codeOf(error) === 'EEXIST'
        ? problem(`${path} already exists.`, 'An existing note is never overwritten.')
        : asProblem(error, `${path} could not be written.`);
    throw new ProblemError(found, { cause: error });
  }
}

/**
 * Replaces a note's text by `edit(text)`, whole or not at all; gives whether anything changed. Every byte that
 * `edit` leaves alone stays, byte order mark and line ends included. Rejects with a ProblemError.
 */
export async function editNote(dir: string, path: string, edit: (text: string) => string): Promise<boolean> {
  try {
    const target = await realpath(await inside(dir, path));
    const before = await readFile(target);
    const text = decodeNote(path, before);
    const edited = edit(text);
    if (edited === text) return false;
    const { mode } = await stat(target);
    await throughTemporary(target, edited, async (temporary) => {
      await chmod(temporary, mode & 0o777);
      if (!before.equals(await readFile(target))) {
        throw new ProblemError(
          problem(`${path} was changed by another program just now.`, 'Nothing was written.', 'Try again.'),
        );
      }
      await rename(temporary, target);
    });
    return true;
  } catch (error) {
    throw new ProblemError(asProblem(error, `${path} could not be changed.`), { cause: error });
  }
}

/** File systems such as FAT and some network mounts know no hard links. */
const NO_HARD_LINKS: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK']);

async function throughTemporary(
  target: string,
  text: string,
  finish: (temporary: string) => Promise<void>,
): Promise<void> {
  // Hidden, so that Obsidian does not index it, and in the same folder, so that it is on the same file system.
  const temporary = join(dirname(target), `.labpath-${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await finish(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The absolute path of a vault path. A path that leads out of the vault is refused. */
async function inside(dir: string, path: string): Promise<string> {
  const root = await realpath(dir);
  const target = resolve(root, path);
  const way = relative(root, target);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new ProblemError(problem(`${path} is not a path inside the vault.`));
  }
  return target;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
