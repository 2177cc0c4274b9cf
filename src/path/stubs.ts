import { textList } from '../markdown/frontmatter';
import type { NoteKind } from '../moc/moc';
import { fileNameFor } from './fileName';
import { foldName, folderOf, noteTitle } from './fold';
import { linkTexts } from './linkText';
import type { LearningPath, PathMoc, PathNode, Place } from './model';
import type { NoteFacts } from './noteFacts';
import { inReadingOrder } from './order';
import { renderStub, type StubContent } from './stubTemplate';
import { fillTemplate, templateFor, type UserTemplate } from './userTemplate';

/** A note to be created. */
export interface Stub {
  /** Vault path. */
  readonly path: string;
  /** The title as planned; the file name may differ, and is then found through `aliases`. */
  readonly title: string;
  readonly kind: NoteKind;
  readonly text: string;
  /** Id of its node, and the rows that name it: those `linkRows` can turn into links to `linkpath`. */
  readonly node: string;
  readonly places: readonly Place[];
  readonly linkpath: string;
}

export interface SkippedStub {
  readonly title: string;
  /** Why no note is made, as a full sentence. */
  readonly reason: string;
  /** The note that exists already; absent when it is made together with another title's. */
  readonly note?: string;
}

export interface StubPlan {
  readonly create: readonly Stub[];
  readonly skipped: readonly SkippedStub[];
}

export interface StubOptions {
  readonly path: LearningPath;
  /** Every note of the vault, so that none is overwritten and links are unambiguous. */
  readonly notes: readonly NoteFacts[];
  /** Makes a new uid for each stub. */
  readonly uid: () => string;
  /** ISO 8601. */
  readonly now: string;
  /** Vault folder for the new notes; that of the MOC which plans them when absent. */
  readonly folder?: string;
  /** The user's own templates; without one that fits, Labpath's. */
  readonly templates?: readonly UserTemplate[];
  /** Planned nodes that become one note with another: its id, and they. */
  readonly together?: ReadonlyMap<string, readonly PathNode[]>;
}

export interface StubSelection {
  /** Only what this MOC names: vault path. */
  readonly moc?: string;
  /** Only what stands in this section of it: the section's id. */
  readonly section?: string;
  /** Only the steps of this track and what is nested in them: the track's id. */
  readonly track?: string;
  /** Only this title, in any case. */
  readonly only?: string;
}

/**
 * The nodes a selection means, in reading order: those without a note, and those whose row still says planned or
 * that are asked for by title although there is a note, for `planStubs` to say so.
 */
export function plannedNodes(
  path: LearningPath,
  { moc, section, track, only }: StubSelection = {},
): PathNode[] {
  const inSection = section === undefined ? null : nodesOfSection(path, section);
  const inTrack = track === undefined ? null : nodesOfTrack(path, track);
  return inReadingOrder(path).filter(
    (node) =>
      isAskedFor(node, only) &&
      (moc === undefined || node.places.some((place) => place.moc === moc)) &&
      (inSection === null || inSection.has(node.id)) &&
      (inTrack === null || inTrack.has(node.id)),
  );
}

function isAskedFor({ note, places }: PathNode, only: string | undefined): boolean {
  if (only !== undefined) return places.some(({ row }) => foldName(row.title) === foldName(only));
  return note === null ? places.length > 0 : places.some(({ row }) => row.planned !== null);
}

function nodesOfSection(path: LearningPath, section: string): Set<string> {
  const sections = path.mocs.flatMap((moc) => moc.sections).filter(({ id }) => id === section);
  return new Set(sections.flatMap(({ items }) => items.map(({ node }) => node.id)));
}

function nodesOfTrack(path: LearningPath, track: string): Set<string> {
  return new Set(
    path.mocs.flatMap((moc) => {
      const steps = moc.tracks.filter(({ id }) => id === track).flatMap((each) => each.steps);
      const lines = new Set(steps.map(({ row }) => row.line));
      const nested = moc.items.filter(({ row }) => row.parent !== null && lines.has(row.parent));
      return [...steps, ...nested].map(({ node }) => node.id);
    }),
  );
}

/**
 * Plans the notes for these nodes and writes nothing. A title whose file exists is skipped, and titles that
 * lead to the same file are made once, the others being among its aliases.
 */
export function planStubs(nodes: readonly PathNode[], options: StubOptions): StubPlan {
  const skipped: SkippedStub[] = [];
  const byFile = new Map<string, { first: PathNode; path: string; others: PathNode[] }>();
  const existing = new Map(options.notes.map(({ path }) => [foldName(path), path]));
  for (const node of nodes) {
    const path = stubPath(node, options.folder);
    const there = node.note ?? existing.get(foldName(path));
    const same = byFile.get(foldName(path));
    if (there !== undefined) {
      skipped.push({ title: node.title, reason: `The note ${there} exists already.`, note: there });
    } else if (same) {
      same.others.push(node);
      skipped.push({ title: node.title, reason: `It becomes the same file as "${same.first.title}".` });
    } else {
      byFile.set(foldName(path), { first: node, path, others: [] });
    }
  }
  const create = [...byFile.values()].map(({ first, others }) =>
    planStub(first, options, [...others, ...(options.together?.get(first.id) ?? [])]),
  );
  return { create, skipped };
}

/** The stub of one node; `others` are nodes whose titles lead to the same file. */
function planStub(node: PathNode, options: StubOptions, others: readonly PathNode[] = []): Stub {
  const path = stubPath(node, options.folder);
  const places = [node, ...others].flatMap((each) => each.places);
  const mocs = options.path.mocs.filter((moc) => places.some((place) => place.moc === moc.path));
  const linkTo = linkTexts(options.notes);
  const aliases = [node, ...others].map(({ title }) => title).filter((title) => title !== noteTitle(path));
  const content: StubContent = {
    title: node.title,
    kind: node.kind,
    aliases,
    tags: tagsFor(node.kind, mocs),
    uid: options.uid(),
    now: options.now.replace(/\.\d+Z$/, 'Z'),
    description: places.find(({ row }) => row.description !== '')?.row.description ?? '',
    mocs: mocs.map((moc) => linkTo(moc.path)),
    prerequisites: stepsBefore(node, options.path).map((before) =>
      before.note === null ? plannedLink(before) : linkTo(before.note),
    ),
  };
  const section = places[0]?.row.section ?? '';
  const template = templateFor(node.kind, section, options.templates ?? []);
  const text = template ? fillTemplate(template.text, content, section) : renderStub(content);
  const { title, kind, id } = node;
  return { path, title, kind, text, node: id, places, linkpath: noteTitle(path) };
}

/** A link that already says a folder gets its note there; everything else stands next to its MOC. */
function stubPath({ title, places }: PathNode, folder: string | undefined): string {
  const linked = places.find(({ row }) => row.link?.target.includes('/'));
  const target = linked?.row.link?.target.replace(/\.md$/i, '') ?? '';
  const home = folderOf(linked?.moc ?? places[0]?.moc ?? '');
  const parent = linked ? fromLink(home, target) : (folder ?? home);
  const name = `${fileNameFor(title)}.md`;
  return parent === '' ? name : `${parent}/${name}`;
}

function fromLink(home: string, target: string): string {
  const parts = /^\.\.?\//.test(target) && home !== '' ? home.split('/') : [];
  for (const part of folderOf(target).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(fileNameFor(part));
  }
  return parts.join('/');
}

/** The step before this one in each of its tracks. */
function stepsBefore(node: PathNode, path: LearningPath): PathNode[] {
  const before = path.mocs
    .flatMap((moc) => moc.tracks)
    .flatMap(({ steps }) => {
      const at = steps.findIndex((step) => step.node.id === node.id);
      return at > 0 ? (steps[at - 1]?.node ?? []) : [];
    });
  return [...new Map(before.map((each) => [each.id, each])).values()];
}

function plannedLink({ title }: PathNode): string {
  const name = fileNameFor(title);
  return name === title || /[[\]|]/.test(title) ? name : `${name}|${title}`;
}

const TAG_OF: Readonly<Record<NoteKind, string>> = {
  debug: 'debugging',
  lab: 'lab',
  guide: 'tutorial',
  map: 'moc',
};

/** The kind's tag and the subjects (`topic/…`) of the MOCs. */
function tagsFor(kind: NoteKind, mocs: readonly PathMoc[]): string[] {
  const subjects = mocs
    .flatMap((moc) => textList(moc.node.facts?.frontmatter['tags']))
    .filter((tag) => tag.startsWith('topic/'));
  return [...new Set([TAG_OF[kind], ...subjects])];
}
