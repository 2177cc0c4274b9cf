import { foldName, folderOf, noteTitle } from './fold';
import type { NoteFacts } from './noteFacts';

/** How a note came by a name, best first. */
type Claim = 'file name' | 'title' | 'alias';
const CLAIM_ORDER: readonly Claim[] = ['file name', 'title', 'alias'];

/**
 * Finds the note a link or a name means.
 *
 * For links the order follows what is known of Obsidian's `MetadataCache.getFirstLinkpathDest`, which its API
 * documents only by name; it has not been compared with a running app yet. The note itself for an empty linkpath;
 * else notes whose file name fits, whatever the case; among them a path relative to the linking note (`./`, `../`),
 * then the exact vault path (`/` asks for nothing else), then paths that end in the linkpath, those below the
 * linking note's folder before the others and short before long. Obsidian stops there. We go on with frontmatter
 * titles and aliases, so that one thing under several names is one thing.
 */
export class LinkResolver {
  private readonly byFileName = new Map<string, NoteFacts[]>();
  private readonly byName = new Map<string, { note: NoteFacts; claim: Claim }[]>();
  private readonly byPath = new Map<string, NoteFacts>();

  constructor(notes: readonly NoteFacts[]) {
    for (const note of notes) {
      this.byPath.set(note.path, note);
      push(this.byFileName, foldPath(fileName(note.path)), note);
      this.claim(noteTitle(note.path), note, 'file name');
      const title = note.frontmatter['title'];
      if (typeof title === 'string') this.claim(title, note, 'title');
      for (const alias of note.aliases) this.claim(alias, note, 'alias');
    }
  }

  note(path: string): NoteFacts | null {
    return this.byPath.get(path) ?? null;
  }

  /** Vault path of the note a linkpath leads to, seen from the note `fromPath`; null when there is none yet. */
  resolve(linkpath: string, fromPath: string): string | null {
    return this.matches(linkpath, fromPath)[0] ?? this.named(stripSubpath(linkpath));
  }

  /** Every note a linkpath could mean by Obsidian's rules, best first. More than one: the link is ambiguous. */
  matches(linkpath: string, fromPath: string): string[] {
    const path = stripSubpath(linkpath);
    if (path === '') return this.byPath.has(fromPath) ? [fromPath] : [];
    const target = foldPath(path.endsWith('.md') || path.endsWith('.MD') ? path : `${path}.md`);
    const candidates = this.byFileName.get(fileName(target)) ?? [];
    const from = foldPath(folderOf(fromPath));
    const exact = [relativeTo(from, target), target.replace(/^\//, '')];
    for (const wanted of exact) {
      const found = candidates.find((note) => foldPath(note.path) === wanted);
      if (found) return [found.path];
    }
    if (target.startsWith('/')) return [];
    const near = (note: NoteFacts) => from === '' || foldPath(note.path).startsWith(`${from}/`);
    return candidates
      .filter((note) => foldPath(note.path).endsWith(target))
      .sort((a, b) => Number(near(b)) - Number(near(a)) || byLength(a, b))
      .map((note) => note.path);
  }

  /** Vault path of the note that has this name as file name, frontmatter title or alias, in this order. */
  named(title: string): string | null {
    return this.namesakes(title)[0] ?? null;
  }

  /** All notes with this name, best first. */
  namesakes(title: string): string[] {
    const claims = this.byName.get(foldName(title)) ?? [];
    const sorted = [...claims].sort((a, b) => rank(a.claim) - rank(b.claim) || byLength(a.note, b.note));
    return [...new Set(sorted.map(({ note }) => note.path))];
  }

  private claim(name: string, note: NoteFacts, claim: Claim): void {
    if (name.trim() !== '') push(this.byName, foldName(name), { note, claim });
  }
}

function rank(claim: Claim): number {
  return CLAIM_ORDER.indexOf(claim);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function stripSubpath(linkpath: string): string {
  return (linkpath.split('#', 1)[0] ?? '').trim();
}

/** The vault path a `./` or `../` linkpath means in a folder; null for other linkpaths. */
function relativeTo(folder: string, linkpath: string): string | null {
  if (!/^\.\.?\//.test(linkpath)) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of linkpath.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function byLength(a: NoteFacts, b: NoteFacts): number {
  return a.path.length - b.path.length || (a.path < b.path ? -1 : Number(a.path > b.path));
}
