/** Which file a link means: Obsidian's "shortest path when possible" rule. */
import type * as O from 'obsidian';
import { fileName, joinPath, parentPath } from '../base/paths';

/** The files of a vault by name, so that a link is looked up without walking all of them. */
export class FilesByName {
  private readonly files = new Map<string, Set<O.TFile>>();

  add(file: O.TFile): void {
    for (const key of keysOf(file.path)) {
      const same = this.files.get(key) ?? new Set();
      same.add(file);
      this.files.set(key, same);
    }
  }

  /** `path` is the one the file had when it was added. */
  remove(file: O.TFile, path: string): void {
    for (const key of keysOf(path)) this.files.get(key)?.delete(file);
  }

  named(name: string): O.TFile[] {
    return [...(this.files.get(name.toLowerCase()) ?? [])];
  }
}

/**
 * The file that `linkpath` (no `#…`) means in a note at `sourcePath`, or null. Letter case does not matter; `.md` may
 * be left out; aliases are no link targets. Of several files, those below the source's folder come first, then the
 * one with the shortest path. `./`, `../` and `/` make a link relative to the note or to the vault.
 */
export function resolveLinkpath(linkpath: string, sourcePath: string, files: FilesByName): O.TFile | null {
  const sourceFolder = parentPath(sourcePath);
  if (linkpath === '')
    return files.named(fileName(sourcePath)).find(({ path }) => path === sourcePath) ?? null;
  if (/^\.\.?\//.test(linkpath)) return exactly(resolveDots(sourceFolder, linkpath), files);
  if (linkpath.startsWith('/')) return exactly(linkpath.slice(1), files);
  const tail = linkpath.toLowerCase();
  const endings = [tail, `${tail}.md`];
  const candidates = files
    .named(fileName(linkpath))
    .filter(({ path }) =>
      endings.some((ending) => path.toLowerCase() === ending || path.toLowerCase().endsWith(`/${ending}`)),
    );
  const whole = candidates.find(({ path }) => endings.includes(path.toLowerCase()));
  if (whole !== undefined && linkpath.includes('/')) return whole;
  const below = (file: O.TFile) => sourceFolder === '/' || file.path.startsWith(`${sourceFolder}/`);
  const ranked = candidates.sort(
    (left, right) =>
      Number(below(right)) - Number(below(left)) ||
      left.path.length - right.path.length ||
      left.path.localeCompare(right.path),
  );
  return ranked[0] ?? null;
}

/** The shortest link text that leads from `sourcePath` to `file`. */
export function shortestLinktext(file: O.TFile, files: FilesByName, omitMdExtension: boolean): string {
  const strip = (text: string) => (omitMdExtension && file.extension === 'md' ? text.slice(0, -3) : text);
  return files.named(file.name).length <= 1 ? strip(file.name) : strip(file.path);
}

function exactly(path: string, files: FilesByName): O.TFile | null {
  const wanted = [path.toLowerCase(), `${path.toLowerCase()}.md`];
  return files.named(fileName(path)).find((file) => wanted.includes(file.path.toLowerCase())) ?? null;
}

/** A note is found by its name with and without `.md`. */
function keysOf(path: string): string[] {
  const name = fileName(path).toLowerCase();
  return name.endsWith('.md') ? [name, name.slice(0, -3)] : [name];
}

function resolveDots(folder: string, path: string): string {
  const names = folder === '/' ? [] : folder.split('/');
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.') names.push(name);
  }
  return joinPath('/', names.join('/'));
}
