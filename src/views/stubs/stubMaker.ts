import { Notice, normalizePath, type App } from 'obsidian';
import { asProblem, describeProblem, problem } from '../../base/problem';
import { linkRows } from '../../path/linkRow';
import { folderOf } from '../../path/fold';
import type { LearningPath, PathNode, PathTrack } from '../../path/model';
import { plannedNodes, planStubs, type Stub, type StubSelection } from '../../path/stubs';
import type { UserTemplate } from '../../path/userTemplate';
import type { PathIndex } from '../path/pathIndex';
import { readable } from '../../markdown/readable';
import type { VaultSource } from '../vaultSource';
import { confirmStubs, PickModal, sectionWords } from './stubModals';

export interface StubMakerParts {
  readonly app: App;
  readonly index: PathIndex;
  readonly source: VaultSource;
  /** Vault folder for new notes; empty for the folder of their map. */
  readonly folder: () => string;
  /** Vault folder of the user's templates; empty for Labpath's own. */
  readonly templates: () => string;
  /** ISO 8601. */
  readonly now: () => string;
  readonly uid: () => string;
}

/** Makes notes of planned items: shows the plan, asks, creates, and links rows when told to. */
export class StubMaker {
  constructor(private readonly parts: StubMakerParts) {}

  /** One planned node, and with it those that are the same thing under another name. */
  async createOne(node: PathNode, same: readonly PathNode[] = []): Promise<void> {
    await this.create(await this.parts.index.load(), [node], same);
  }

  async createSelection(selection: StubSelection): Promise<void> {
    const path = await this.parts.index.load();
    await this.create(path, plannedNodes(path, selection));
  }

  /** Lets the user pick one planned note of the vault, those of `moc` first. */
  async pickOne(moc: string | null): Promise<void> {
    const path = await this.parts.index.load();
    const nodes = plannedNodes(path);
    if (nodes.length === 0) return nothingPlanned();
    const inMoc = (node: PathNode): boolean => node.places.some((place) => place.moc === moc);
    const sorted = [...nodes.filter(inMoc), ...nodes.filter((node) => !inMoc(node))];
    new PickModal(this.parts.app, 'Planned note to create', sorted, nodeWords, (node) =>
      this.report(this.create(path, [node])),
    ).open();
  }

  async pickSection(moc: string): Promise<void> {
    const path = await this.parts.index.load();
    const sections = (this.parts.index.moc(moc)?.sections ?? []).filter(
      ({ id }) => plannedNodes(path, { moc, section: id }).length > 0,
    );
    if (sections.length === 0) return nothingPlanned();
    new PickModal(this.parts.app, 'Section to create', sections, sectionWords, (section) =>
      this.report(this.createSelection({ moc, section: section.id })),
    ).open();
  }

  async pickTrack(moc: string): Promise<void> {
    const path = await this.parts.index.load();
    const tracks = (this.parts.index.moc(moc)?.tracks ?? []).filter(
      ({ id }) => plannedNodes(path, { moc, track: id }).length > 0,
    );
    if (tracks.length === 0) return nothingPlanned();
    const words = ({ title }: PathTrack): string => readable(title);
    new PickModal(this.parts.app, 'Track to create', tracks, words, ({ id }) =>
      this.report(this.createSelection({ moc, track: id })),
    ).open();
  }

  /** Runs a creation for its effect; what goes wrong is told. */
  report(work: Promise<void>): void {
    work.catch((error: unknown) => {
      new Notice(describeProblem(asProblem(error, 'The note could not be created.')), 0);
    });
  }

  private async create(
    path: LearningPath,
    nodes: readonly PathNode[],
    same: readonly PathNode[] = [],
  ): Promise<void> {
    if (nodes.length === 0) return nothingPlanned();
    const { app, source, folder, now, uid } = this.parts;
    const home = folder();
    const plan = planStubs(nodes, {
      path,
      notes: source.notes(),
      uid,
      now: now(),
      templates: await this.templates(),
      together: new Map(nodes.map(({ id }) => [id, same])),
      ...(home === '' ? {} : { folder: normalizePath(home) }),
    });
    if (plan.create.length === 0) {
      new Notice(plan.skipped.map(({ title, reason }) => `${title}: ${reason}`).join('\n'));
      return;
    }
    const decision = await confirmStubs(app, plan);
    if (!decision.create) return;
    const created = await this.write(plan.create);
    if (decision.linkRows) await this.link(created);
    const [only] = created;
    if (created.length === 1 && only) await app.workspace.openLinkText(only.path, '', false);
    if (created.length > 0) new Notice(createdWords(created));
  }

  private async templates(): Promise<UserTemplate[]> {
    const { source, templates } = this.parts;
    const folder = templates();
    if (folder === '') return [];
    const notes = source.notes().filter(({ path }) => folderOf(path) === normalizePath(folder));
    return Promise.all(
      notes.map(async ({ path, title }) => ({ name: title, text: await source.text(path) })),
    );
  }

  /** Creates what it can: one name that cannot be written does not keep the others from being made. */
  private async write(stubs: readonly Stub[]): Promise<Stub[]> {
    const { vault } = this.parts.app;
    const created: Stub[] = [];
    for (const stub of stubs) {
      try {
        await this.makeFolder(stub.path);
        // `create` refuses an existing file, so nothing is ever overwritten.
        await vault.create(stub.path, stub.text);
        created.push(stub);
      } catch (error) {
        const why = asProblem(error, `“${stub.title}” was not created.`);
        new Notice(describeProblem(problem(why.what, why.why, 'The other notes are not affected.')), 0);
      }
    }
    return created;
  }

  private async makeFolder(path: string): Promise<void> {
    const { vault } = this.parts.app;
    const folder = path.split('/').slice(0, -1).join('/');
    if (folder !== '' && !vault.getFolderByPath(folder)) await vault.createFolder(folder);
  }

  /** All rows of a MOC change in one atomic edit that leaves every other byte alone. */
  private async link(created: readonly Stub[]): Promise<void> {
    const { vault } = this.parts.app;
    const places = created.flatMap((stub) =>
      stub.places.map((place) => ({ ...place, target: stub.linkpath })),
    );
    for (const moc of new Set(places.map((place) => place.moc))) {
      const file = vault.getFileByPath(moc);
      if (!file) continue;
      const rows = places
        .filter((place) => place.moc === moc)
        .map(({ row, target }) => ({ item: row, target }));
      await vault.process(file, (text) => linkRows(text, rows));
    }
  }
}

function nothingPlanned(): void {
  new Notice('Nothing is planned here: every item has its note.');
}

function nodeWords(node: PathNode): string {
  const section = node.places[0]?.row.section ?? '';
  return section === '' ? node.title : `${node.title} — ${readable(section)}`;
}

function createdWords(created: readonly Stub[]): string {
  return created.length === 1 ? `Created “${created[0]?.title ?? ''}”.` : `Created ${created.length} notes.`;
}
