import { randomUUID } from 'node:crypto';
import { count } from '../base/count';
import { asProblem, problem, ProblemError, type Problem } from '../base/problem';
import { visibleLine } from '../base/visible';
import { foldName, folderOf, noteTitle } from '../path/fold';
import { linkRows, type RowLink } from '../path/linkRow';
import type { LearningPath, PathNode } from '../path/model';
import { plannedNodes, planStubs, type Stub, type StubPlan } from '../path/stubs';
import type { UserTemplate } from '../path/userTemplate';
import type { FolderVault } from '../vault/folder';
import { openVaultPath } from '../vault/openPath';
import { createNote, editNote } from '../vault/write';
import type { Command, Io } from './command';
import { UsageError } from './usage';
import { printProblems, readVaultArguments } from './vaultCommand';

const USAGE =
  'labpath stubs <vault> [--moc NAME] [--only TITLE] [--folder DIR] [--templates DIR] [--write] [--link] [--json]';

const OPTIONS = {
  moc: { type: 'string' },
  only: { type: 'string' },
  folder: { type: 'string' },
  templates: { type: 'string' },
  write: { type: 'boolean' },
  link: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Makes notes of planned items. */
export const stubsCommand: Command = {
  name: 'stubs',
  summary: 'Preview or create the notes that a vault plans',
  help: `${USAGE}

Without --write nothing is written: the notes that would be created are listed. An existing note is never overwritten.

  --moc NAME     Only what this MOC plans: its title, file name or path
  --only TITLE   Only this planned note
  --folder DIR   Create the notes in this folder of the vault instead of next to their MOC
  --templates DIR  Take the templates of this folder of the vault: notes named debug, lab, guide, map, stub, or
                 like a section, with {{title}}, {{moc}}, {{section}}, {{uid}}, {{prerequisites}}
  --write        Create the notes
  --link         With --write: turn the rows of the MOCs into links and drop their (planned)
  --json         One JSON object: {create, skipped, written, linked, problems}

The exit status is 0 when everything that was asked for has been done.
`,
  async run(args, io) {
    const { dir, values } = readVaultArguments(args, OPTIONS, io, USAGE);
    if (values.link && !values.write) {
      throw new UsageError('--link changes the MOC, so it needs --write.', '', USAGE);
    }
    const folder = vaultPath(values.folder);
    const templates = vaultPath(values.templates);
    const { vault, path, problems: unread } = await openVaultPath(dir);
    const moc = values.moc === undefined ? undefined : findMoc(path, values.moc);
    const nodes = plannedNodes(path, { moc, only: values.only });
    if (values.only !== undefined && nodes.length === 0) throw unknownTitle(values.only);
    const plan = planStubs(nodes, {
      path,
      notes: vault.notes(),
      uid: randomUUID,
      now: new Date().toISOString(),
      ...(folder === null ? {} : { folder }),
      templates: templates === null ? [] : await readTemplates(vault, templates),
    });
    const done = values.write ? await write(vault, plan.create, values.link ?? false) : nothing();
    const problems = [...unread, ...done.problems];
    if (values.json) {
      const create = plan.create.map(({ path: note, title, kind, text }) => ({
        path: note,
        title,
        kind,
        text,
      }));
      io.out(`${JSON.stringify({ create, skipped: plan.skipped, ...done, problems }, null, 2)}\n`);
    } else {
      printPlan(io, plan, values.write ?? false, done);
      if (values.write !== true) printLookalikes(io, path, nodes);
    }
    printProblems(io, 'Problem', problems);
    return problems.length === 0 ? 0 : 1;
  },
};

/** Rejects names that no MOC has. */
function findMoc(path: LearningPath, name: string): string {
  const wanted = foldName(name);
  const found = path.mocs.find((moc) =>
    [moc.title, noteTitle(moc.path), moc.path].some((known) => foldName(known) === wanted),
  );
  if (found) return found.path;
  throw new ProblemError(
    problem(`There is no MOC "${name}".`, `The vault has: ${path.mocs.map((moc) => moc.title).join(', ')}.`),
  );
}

function unknownTitle(title: string): ProblemError {
  return new ProblemError(
    problem(
      `Nothing planned is called "${title}".`,
      '',
      'Run `labpath path <vault>` to see what is planned.',
    ),
  );
}

/** A folder given on the command line as a folder of the vault. One that leads out of it is a UsageError. */
function vaultPath(folder: string | undefined): string | null {
  if (folder === undefined) return null;
  const parts = folder.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || /^([\\/]|[a-z]:)/i.test(folder)) {
    throw new UsageError(
      `${folder} is not a path inside the vault.`,
      'Folders are given as seen from the vault.',
      USAGE,
    );
  }
  return parts.join('/');
}

async function readTemplates(vault: FolderVault, folder: string): Promise<UserTemplate[]> {
  const notes = vault.notes().filter(({ path }) => folderOf(path) === folder);
  if (notes.length === 0) {
    throw new ProblemError(
      problem(`There are no templates in ${folder}.`, '', 'Name a folder of the vault that holds notes.'),
    );
  }
  return Promise.all(notes.map(async ({ path, title }) => ({ name: title, text: await vault.text(path) })));
}

interface Done {
  /** Vault paths of the notes created. */
  readonly written: readonly string[];
  /** Vault paths of the MOCs whose rows were linked. */
  readonly linked: readonly string[];
  readonly problems: readonly Problem[];
}

function nothing(): Done {
  return { written: [], linked: [], problems: [] };
}

async function write(vault: FolderVault, stubs: readonly Stub[], link: boolean): Promise<Done> {
  const created: Stub[] = [];
  const linked: string[] = [];
  const problems: Problem[] = [];
  for (const stub of stubs) {
    try {
      await createNote(vault.dir, stub.path, stub.text);
      created.push(stub);
    } catch (error) {
      problems.push(asProblem(error, `${stub.path} could not be created.`));
    }
  }
  for (const [moc, rows] of link ? rowsByMoc(created) : []) {
    try {
      if (await editNote(vault.dir, moc, (text) => linkRows(text, rows))) linked.push(moc);
    } catch (error) {
      problems.push(asProblem(error, `The rows of ${moc} could not be linked.`));
    }
  }
  return { written: created.map(({ path }) => path), linked, problems };
}

function rowsByMoc(stubs: readonly Stub[]): Map<string, RowLink[]> {
  const rows = new Map<string, RowLink[]>();
  for (const { places, linkpath } of stubs) {
    for (const { moc, row } of places) {
      rows.set(moc, [...(rows.get(moc) ?? []), { item: row, target: linkpath }]);
    }
  }
  return rows;
}

/** Planned rows that may mean one thing would become two notes, which is easier to see before than after. */
function printLookalikes(io: Io, path: LearningPath, nodes: readonly PathNode[]): void {
  const pairs = nodes.flatMap((node) => path.sameAs(node).map((other) => [node, other] as const));
  const told = new Set<string>();
  for (const [node, other] of pairs) {
    const key = [node.id, other.id].sort().join('\n');
    if (told.has(key)) continue;
    told.add(key);
    io.out(
      `“${visibleLine(node.title)}” and “${visibleLine(other.title)}” may be one thing. If they are, give both rows one name, or create one note and add the other name to its aliases.\n`,
    );
  }
}

/** More are told as a number: in a vault that is well under way they would be nearly all of the answer. */
const MOST_EXISTING = 8;

function printPlan(io: Io, { create, skipped }: StubPlan, wrote: boolean, done: Done): void {
  const listed = wrote ? create.filter(({ path }) => done.written.includes(path)) : create;
  const verb = wrote ? 'created' : 'would be created';
  io.out(`${count(listed.length, 'note')} ${verb}${listed.length === 0 ? '.' : ':'}\n`);
  for (const { path, kind } of listed) io.out(`  ${path} [${kind}]\n`);
  const existing = skipped.filter(({ note }) => note !== undefined);
  const told = existing.length > MOST_EXISTING ? skipped.filter(({ note }) => note === undefined) : skipped;
  for (const { title, reason } of told) io.out(`Skipped "${title}": ${reason}\n`);
  if (existing.length > MOST_EXISTING) {
    io.out(`Skipped ${existing.length} planned notes that exist already; --json names them.\n`);
  }
  for (const moc of done.linked) io.out(`Linked the rows of ${moc}\n`);
  if (!wrote && create.length > 0) io.out('Nothing was written. Add --write to create them.\n');
}
