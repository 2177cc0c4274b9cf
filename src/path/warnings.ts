import { describeProblem, problem, type Problem } from '../base/problem';
import type { Moc } from '../moc/moc';
import { parseLinkText } from '../markdown/links';
import { prerequisitesOf, type NodeLookup } from './edges';
import { foldName } from './fold';
import type { PathMoc, PathNode } from './model';
import type { NoteFacts } from './noteFacts';
import { noteId } from './nodes';
import { nodesOfMoc } from './order';
import type { LinkResolver } from './resolve';
import { authoringState, learnedKey } from './state';

/** A problem told with the note it is about. */
export function inNote(path: string, { what, why, next }: Problem): Problem {
  return { what: `${path}: ${what}`, why, next };
}

/** What a reader of one MOC should know, in the order of the MOC. */
export function warningsOfMoc(moc: Moc, shown: PathMoc, resolver: LinkResolver, find: NodeLookup): Problem[] {
  return [
    ...moc.problems.map((found) => inNote(moc.path, found)),
    ...withoutTracks(shown, resolver),
    ...ambiguousLinks(moc, resolver),
    ...repeatedPlans(shown),
    ...sharedNames(moc, resolver),
    ...openPrerequisites(shown, resolver, find),
  ];
}

function withoutTracks({ path, tracks }: PathMoc, resolver: LinkResolver): Problem[] {
  // Nobody expects a track of a MOC that is still to be written.
  if (tracks.length > 0 || authoringState(resolver.note(path)) === 'stub') return [];
  return [
    problem(
      `${path}: This MOC has no track.`,
      'A track is a numbered list under a heading such as "Learning Path" or "Beginner Track".',
      'Its items are shown by section; add a numbered list to give them an order.',
    ),
  ];
}

function ambiguousLinks(moc: Moc, resolver: LinkResolver): Problem[] {
  const rows = [...moc.items, ...moc.tracks.flatMap((track) => track.steps)];
  return rows.flatMap(({ link, line }) => {
    const matches = link === null ? [] : resolver.matches(link.target, moc.path);
    const [first] = matches;
    if (link === null || first === undefined || matches.length < 2) return [];
    return problem(
      `${moc.path}: The link [[${link.target}]] on line ${line} fits several notes.`,
      `They are ${list(matches)}; as Obsidian does, the path takes ${first}.`,
      'Write the folder into the link to say which one is meant.',
    );
  });
}

/** Two planned items of one title make one note; a step that names an item is meant to. */
function repeatedPlans(moc: PathMoc): Problem[] {
  const lines = new Map<string, { title: string; lines: number[] }>();
  for (const { node, planned, row } of moc.items) {
    if (planned === null || planned === 'unresolved') continue;
    const entry = lines.get(node.id) ?? { title: row.title, lines: [] };
    entry.lines.push(row.line);
    lines.set(node.id, entry);
  }
  return [...lines.values()]
    .filter((entry) => entry.lines.length > 1)
    .map(({ title, lines: repeated }) =>
      problem(
        `${moc.path}: "${title}" is planned more than once (lines ${repeated.join(', ')}).`,
        'Rows with the same title are one item of the path and become one note.',
        'Give them different titles if they are different things.',
      ),
    );
}

/** Names that a row uses without a link although several notes bear them. */
function sharedNames(moc: Moc, resolver: LinkResolver): Problem[] {
  const rows = [...moc.items, ...moc.tracks.flatMap((track) => track.steps)];
  const names = new Map(
    rows.filter(({ link }) => link === null).map(({ title }) => [foldName(title), title]),
  );
  return [...names.values()].flatMap((title) => {
    const namesakes = resolver.namesakes(title);
    if (namesakes.length < 2) return [];
    return problem(
      `Several notes are called "${title}".`,
      `They are ${list(namesakes)}; the path takes ${namesakes[0] ?? ''}.`,
      'Give each its own title and aliases, or link the one that is meant.',
    );
  });
}

function openPrerequisites(moc: PathMoc, resolver: LinkResolver, find: NodeLookup): Problem[] {
  return nodesOfMoc(moc).flatMap((node) =>
    prerequisitesOf(node).flatMap((text) => {
      const name = parseLinkText(text);
      if (find(text, node) || resolver.resolve(name, node.note ?? '') !== null) return [];
      return problem(
        `${node.note ?? node.title}: The prerequisite "${name}" is no note and nothing planned.`,
        'No MOC names it and no note has this name.',
        'Correct the name under `prerequisites`, or create the note.',
      );
    }),
  );
}

/** What concerns the vault as a whole, kept up to date note by note. */
export class VaultWarnings {
  private readonly broken = new Map<string, NoteFacts>();
  private readonly byUid = new Map<string, Set<string>>();
  private readonly uids = new Map<string, string>();
  /** The uids that more than one note has. */
  private readonly shared = new Set<string>();

  set(note: NoteFacts): void {
    this.remove(note.path);
    if (note.problem) this.broken.set(note.path, note);
    const uid = learnedKey(note);
    if (uid === note.path) return;
    this.uids.set(note.path, uid);
    const paths = this.byUid.get(uid);
    if (paths) {
      paths.add(note.path);
      this.shared.add(uid);
    } else {
      this.byUid.set(uid, new Set([note.path]));
    }
  }

  remove(path: string): void {
    this.broken.delete(path);
    const uid = this.uids.get(path);
    if (uid === undefined) return;
    this.uids.delete(path);
    const paths = this.byUid.get(uid);
    paths?.delete(path);
    if (paths && paths.size < 2) this.shared.delete(uid);
    if (paths?.size === 0) this.byUid.delete(uid);
  }

  all(nodes: ReadonlyMap<string, PathNode>): Problem[] {
    return [...this.sharedUids(nodes), ...this.brokenFrontmatter(nodes)];
  }

  private sharedUids(nodes: ReadonlyMap<string, PathNode>): Problem[] {
    const told: Problem[] = [];
    for (const uid of this.shared) {
      const inPath = [...(this.byUid.get(uid) ?? [])].filter((path) => nodes.has(noteId(path))).sort();
      if (inPath.length < 2) continue;
      told.push(
        problem(
          `The notes ${list(inPath)} have the same uid "${uid}".`,
          'They share one progress, most likely because one is a copy of the other.',
          'Give the copy a uid of its own.',
        ),
      );
    }
    return told.sort((a, b) => (a.what < b.what ? -1 : 1));
  }

  /** Each note of the path by itself; the rest of the vault in one sentence, for a lost alias may hide a note. */
  private brokenFrontmatter(nodes: ReadonlyMap<string, PathNode>): Problem[] {
    const broken = [...this.broken.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const inPath = broken.filter(({ path }) => nodes.has(noteId(path)));
    const others = broken.filter(({ path }) => !nodes.has(noteId(path)));
    const told = inPath.map((note) => inNote(note.path, note.problem ?? problem('')));
    if (others.length === 0) return told;
    const paths = others.map(({ path }) => path);
    return [
      ...told,
      problem(
        `${others.length === 1 ? 'One note' : `${others.length} notes`} outside the path cannot be read in full: ${list(paths.slice(0, 5))}${paths.length > 5 ? ' and more' : ''}.`,
        `The first says: ${describeProblem(others[0]?.problem ?? problem(''))}`,
        'An alias in such a note may go unseen.',
      ),
    ];
  }
}

function list(names: readonly string[]): string {
  return names.join(', ');
}
