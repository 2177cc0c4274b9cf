import { describeProblem, problem, type Problem } from '../base/problem';
import type { Moc } from '../moc/moc';
import type { OpenPrerequisite } from './edges';
import { foldName } from './fold';
import type { PathMoc, PathNode } from './model';
import type { NoteFacts } from './noteFacts';
import type { LinkResolver } from './resolve';
import { authoringState, learnedKey } from './state';

/** A problem told with the note it is about. */
export function inNote(path: string, { what, why, next }: Problem): Problem {
  return { what: `${path}: ${what}`, why, next };
}

export interface Inspected {
  readonly mocs: readonly Moc[];
  readonly pathMocs: readonly PathMoc[];
  readonly nodes: ReadonlyMap<string, PathNode>;
  readonly notes: readonly NoteFacts[];
  readonly resolver: LinkResolver;
  readonly open: readonly OpenPrerequisite[];
}

/** What a user should know about the path, each thing once, in the order of the MOCs. */
export function warningsOf(inspected: Inspected): Problem[] {
  const all = [
    ...inspected.mocs.flatMap((moc) => [
      ...moc.problems.map((found) => inNote(moc.path, found)),
      ...withoutTracks(moc, inspected.resolver),
      ...ambiguousLinks(moc, inspected.resolver),
    ]),
    ...inspected.pathMocs.flatMap(repeatedPlans),
    ...sharedNames(inspected),
    ...sharedUids(inspected.nodes),
    ...brokenFrontmatter(inspected),
    ...inspected.open.map(({ note, names }) =>
      problem(
        `${note}: The prerequisite "${names}" is no note and nothing planned.`,
        'No MOC names it and no note has this name.',
        'Correct the name under `prerequisites`, or create the note.',
      ),
    ),
  ];
  return [...new Map(all.map((found) => [describeProblem(found), found])).values()];
}

function withoutTracks(moc: Moc, resolver: LinkResolver): Problem[] {
  // Nobody expects a track of a MOC that is still to be written.
  if (moc.tracks.length > 0 || authoringState(resolver.note(moc.path)) === 'stub') return [];
  return [
    problem(
      `${moc.path}: This MOC has no track.`,
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
function sharedNames({ nodes, resolver }: Inspected): Problem[] {
  const names = new Map<string, string>();
  for (const { places } of nodes.values()) {
    for (const { row } of places) if (row.link === null) names.set(foldName(row.title), row.title);
  }
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

function sharedUids(nodes: ReadonlyMap<string, PathNode>): Problem[] {
  const paths = new Map<string, string[]>();
  for (const { facts } of nodes.values()) {
    if (facts === null || learnedKey(facts) === facts.path) continue;
    paths.set(learnedKey(facts), [...(paths.get(learnedKey(facts)) ?? []), facts.path]);
  }
  return [...paths]
    .filter(([, notes]) => notes.length > 1)
    .map(([uid, notes]) =>
      problem(
        `The notes ${list(notes)} have the same uid "${uid}".`,
        'They share one progress, most likely because one is a copy of the other.',
        'Give the copy a uid of its own.',
      ),
    );
}

/** Each note of the path by itself; the rest of the vault in one sentence, for a lost alias may hide a note. */
function brokenFrontmatter({ nodes, notes }: Inspected): Problem[] {
  const broken = notes.filter((note) => note.problem);
  const inPath = broken.filter(({ path }) => nodes.has(`note:${path}`));
  const others = broken.filter(({ path }) => !nodes.has(`note:${path}`));
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

function list(names: readonly string[]): string {
  return names.join(', ');
}
