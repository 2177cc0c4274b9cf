import { debounce, type App, type Component, type Debouncer } from 'obsidian';
import type { Moc } from '../../moc/moc';
import { loadPath } from '../../path/load';
import type { LearningPath, PathMoc } from '../../path/model';
import { Emitter } from '../ui/emitter';
import type { VaultSource } from '../vaultSource';
import type { LearnedBook } from './learnedBook';

/** Milliseconds of quiet after a change before the path is built again. */
const QUIET = 250;

/** The learning path of the open vault, kept up to date. It is built when the layout is ready, not at load. */
export class PathIndex {
  readonly changed = new Emitter<LearningPath>();
  private readonly mocs = new Map<string, Moc>();
  private readonly rebuildSoon: Debouncer<[], void>;
  private path: LearningPath | null = null;
  private building = false;
  private again = false;

  constructor(
    private readonly app: App,
    private readonly source: VaultSource,
    private readonly learned: LearnedBook,
  ) {
    this.rebuildSoon = debounce(() => void this.rebuild(), QUIET, true);
  }

  /** Null until it was built for the first time. */
  get current(): LearningPath | null {
    return this.path;
  }

  moc(path: string): PathMoc | null {
    return this.path?.mocs.find((moc) => moc.path === path) ?? null;
  }

  /** The MOC a note belongs to: itself, else the first that names it. */
  mocOf(note: string): PathMoc | null {
    const own = this.moc(note);
    if (own) return own;
    return (
      this.path?.mocs.find(
        ({ items, tracks }) =>
          items.some(({ node }) => node.note === note) ||
          tracks.some(({ steps }) => steps.some(({ node }) => node.note === note)),
      ) ?? null
    );
  }

  /** Call once the layout is ready: before that, Obsidian reports every file of the vault as created. */
  watch(owner: Component): void {
    const { vault, metadataCache } = this.app;
    const touched = (path: string): void => this.forget(path);
    owner.registerEvent(metadataCache.on('changed', (file) => touched(file.path)));
    owner.registerEvent(vault.on('create', (file) => touched(file.path)));
    owner.registerEvent(vault.on('delete', (file) => touched(file.path)));
    owner.registerEvent(
      vault.on('rename', (file, oldPath) => {
        touched(oldPath);
        touched(file.path);
      }),
    );
    // Facts taken while the cache was still filling are incomplete.
    owner.registerEvent(metadataCache.on('resolved', () => this.rebuildSoon()));
    owner.register(this.learned.changed.on(() => this.rebuildSoon()));
    owner.register(() => this.rebuildSoon.cancel());
    this.rebuildSoon();
  }

  /** The path as of now: waits for a build when none was made yet. */
  async load(): Promise<LearningPath> {
    return this.path ?? (await this.build());
  }

  private forget(path: string): void {
    this.source.forget(path);
    this.mocs.delete(path);
    this.rebuildSoon();
  }

  private async rebuild(): Promise<void> {
    if (this.building) {
      this.again = true;
      return;
    }
    this.building = true;
    try {
      this.changed.emit(await this.build());
    } finally {
      this.building = false;
      if (this.again) {
        this.again = false;
        this.rebuildSoon();
      }
    }
  }

  private async build(): Promise<LearningPath> {
    await this.source.readBroken();
    const { path } = await loadPath(this.source, this.learned.entries, { cache: this.mocs });
    this.path = path;
    return path;
  }
}
