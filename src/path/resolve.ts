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
  private readonly byFileName = new Map<string, string[]>();
  private readonly byName = new Map<string, Named[]>();
  private readonly byPath = new Map<string, NoteFacts>();

  constructor(notes: Iterable<NoteFacts> = []) {
    for (const note of notes) this.set(note);
  }

  note(path: string): NoteFacts | null {
    return this.byPath.get(path) ?? null;
  }

  paths(): string[] {
    return [...this.byPath.keys()];
  }

  /** Takes in a note, or what has become of a known one. Gives the keys whose links may lead elsewhere now. */
  set(note: NoteFacts): readonly string[] {
    const before = this.byPath.get(note.path);
    if (before === note) return [];
    this.byPath.set(note.path, note);
    const claims = claimsOf(note);
    if (before && sameClaims(claimsOf(before), claims)) return [];
    const lost = before ? this.unclaim(before) : [];
    push(this.byFileName, foldPath(fileName(note.path)), note.path);
    for (const { name, claim } of claims) push(this.byName, name, { path: note.path, claim });
    return [...lost, ...keysOf(note)];
  }

  /** Forgets a note. Gives the keys whose links may lead elsewhere now. */
  remove(path: string): readonly string[] {
    const note = this.byPath.get(path);
    if (!note) return [];
    this.byPath.delete(path);
    return this.unclaim(note);
  }

  /** Vault path of the note a linkpath leads to, seen from the note `fromPath`; null when there is none yet. */
  resolve(linkpath: string, fromPath: string): string | null {
    return this.matches(linkpath, fromPath)[0] ?? this.named(stripSubpath(linkpath));
  }

  /** Every note a linkpath could mean by Obsidian's rules, best first. More than one: the link is ambiguous. */
  matches(linkpath: string, fromPath: string): string[] {
    const path = stripSubpath(linkpath);
    if (path === '') return this.byPath.has(fromPath) ? [fromPath] : [];
    const target = targetOf(path);
    const candidates = this.byFileName.get(fileName(target)) ?? [];
    const from = foldPath(folderOf(fromPath));
    const exact = [relativeTo(from, target), target.replace(/^\//, '')];
    for (const wanted of exact) {
      const found = candidates.find((note) => foldPath(note) === wanted);
      if (found !== undefined) return [found];
    }
    if (target.startsWith('/')) return [];
    const near = (note: string) => from === '' || foldPath(note).startsWith(`${from}/`);
    return candidates
      .filter((note) => endsInWhole(foldPath(note), target))
      .sort((a, b) => Number(near(b)) - Number(near(a)) || byLength(a, b));
  }

  /** Vault path of the note that has this name as file name, frontmatter title or alias, in this order. */
  named(title: string): string | null {
    return this.namesakes(title)[0] ?? null;
  }

  /** All notes with this name, best first. */
  namesakes(title: string): string[] {
    const claims = this.byName.get(foldName(title));
    if (!claims) return [];
    const [only] = claims;
    if (claims.length === 1 && only) return [only.path];
    const sorted = [...claims].sort((a, b) => rank(a.claim) - rank(b.claim) || byLength(a.path, b.path));
    return [...new Set(sorted.map(({ path }) => path))];
  }

  private unclaim(note: NoteFacts): readonly string[] {
    drop(this.byFileName, foldPath(fileName(note.path)), (path) => path === note.path);
    for (const { name } of claimsOf(note)) drop(this.byName, name, ({ path }) => path === note.path);
    return keysOf(note);
  }
}

/** A note's hold on a name. */
interface Named {
  readonly path: string;
  readonly claim: Claim;
}

interface NameClaim {
  /** Folded. */
  readonly name: string;
  readonly claim: Claim;
}

function claimsOf(note: NoteFacts): NameClaim[] {
  const { title } = note.frontmatter;
  const named: NameClaim[] = [
    { name: noteTitle(note.path), claim: 'file name' },
    ...(typeof title === 'string' ? [{ name: title, claim: 'title' as const }] : []),
    ...note.aliases.map((name): NameClaim => ({ name, claim: 'alias' })),
  ];
  return named.map(({ name, claim }) => ({ name: foldName(name), claim })).filter(({ name }) => name !== '');
}

function sameClaims(a: readonly NameClaim[], b: readonly NameClaim[]): boolean {
  return (
    a.length === b.length && a.every(({ name, claim }, i) => b[i]?.name === name && b[i]?.claim === claim)
  );
}

/** What a note's names are looked up by: `file:` for links, `name:` for titles and aliases. */
function keysOf(note: NoteFacts): string[] {
  return [
    `file:${foldPath(fileName(note.path))}`,
    ...new Set(claimsOf(note).map(({ name }) => `name:${name}`)),
  ];
}

/** The keys that decide where a link leads: when none of them changes hands, neither does the link. */
export function keysOfLink(linkpath: string): string[] {
  const path = stripSubpath(linkpath);
  return [`file:${fileName(targetOf(path))}`, keyOfName(path)];
}

export function keyOfName(name: string): string {
  return `name:${foldName(name)}`;
}

function targetOf(linkpath: string): string {
  return foldPath(/\.md$/i.test(linkpath) ? linkpath : `${linkpath}.md`);
}

/** Whether a path ends in a linkpath, folder by folder: `b/note` is no end of `xb/note`. */
function endsInWhole(path: string, target: string): boolean {
  return path === target || path.endsWith(`/${target}`);
}

function drop<T>(map: Map<string, T[]>, key: string, gone: (value: T) => boolean): void {
  const left = map.get(key)?.filter((value) => !gone(value)) ?? [];
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
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

function byLength(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
