import { debounce, type App, type Component, type Debouncer } from 'obsidian';
import { asProblem, type Problem } from '../../base/problem';
import { PathLoader } from '../../path/load';
import type { LearningPath, PathMoc } from '../../path/model';
import { Emitter } from '../ui/emitter';
import type { VaultSource } from '../vaultSource';
import type { LearnedBook } from './learnedBook';

/** Milliseconds of quiet after a change before the path takes it in. */
const QUIET = 250;

/**
 * The learning path of the open vault, kept up to date note by note. It is built when the layout is ready, not at
 * load; after that, a change costs what it touches.
 */
export class PathIndex {
  readonly changed = new Emitter<LearningPath>();
  private readonly loader: PathLoader;
  private readonly touched = new Set<string>();
  private readonly settleSoon: Debouncer<[], void>;
  private path: LearningPath | null = null;
  private lastUnreadable: readonly Problem[] = [];
  private everything = true;
  /** The end of the work under way: changes are taken in one after the other. */
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly app: App,
    private readonly source: VaultSource,
    private readonly learned: LearnedBook,
    /** Where trouble is told: the path is then as it was before. */
    private readonly tell: (problem: Problem) => void,
  ) {
    this.loader = new PathLoader(source);
    this.settleSoon = debounce(() => void this.settle(), QUIET, true);
  }

  /** Null until it was built for the first time. */
  get current(): LearningPath | null {
    return this.path;
  }

  /** MOC notes that could not be read; their rows are missing from the path. */
  get unreadable(): readonly Problem[] {
    return this.lastUnreadable;
  }

  moc(path: string): PathMoc | null {
    return this.path?.moc(path) ?? null;
  }

  /** The MOC a note belongs to: itself, else the first that names it. */
  mocOf(note: string): PathMoc | null {
    const own = this.moc(note);
    const place = this.path?.nodes.get(`note:${note}`)?.places[0];
    return own ?? (place ? this.moc(place.moc) : null);
  }

  /** Call once the layout is ready: before that, Obsidian reports every file of the vault as created. */
  watch(owner: Component): void {
    const { vault, metadataCache } = this.app;
    owner.registerEvent(metadataCache.on('changed', ({ path }) => this.touch(path)));
    owner.registerEvent(vault.on('create', ({ path }) => this.touch(path)));
    owner.registerEvent(vault.on('delete', ({ path }) => this.touch(path)));
    owner.registerEvent(
      vault.on('rename', ({ path }, oldPath) => {
        this.touch(oldPath);
        this.touch(path);
      }),
    );
    // Facts taken while the cache was still filling are incomplete; what it learned later comes as `changed`.
    const filled = metadataCache.on('resolved', () => {
      metadataCache.offref(filled);
      this.rereadSoon();
    });
    owner.registerEvent(filled);
    owner.register(this.learned.changed.on(() => this.settleSoon()));
    owner.register(() => this.settleSoon.cancel());
    this.settleSoon();
  }

  /** The path as of now: waits for a build when none was made yet. Rejects when that one fails. */
  async load(): Promise<LearningPath> {
    await this.working;
    return this.path ?? (await this.takeIn());
  }

  private rereadSoon(): void {
    this.source.forget();
    this.everything = true;
    this.settleSoon();
  }

  private touch(path: string): void {
    this.source.forget(path);
    this.touched.add(path);
    this.settleSoon();
  }

  private settle(): Promise<void> {
    this.working = this.working.then(async () => {
      try {
        this.changed.emit(await this.takeIn());
      } catch (error) {
        this.tell(asProblem(error, 'The learning path could not be brought up to date.'));
      }
    });
    return this.working;
  }

  private async takeIn(): Promise<LearningPath> {
    const paths = [...this.touched];
    const everything = this.everything;
    this.everything = false;
    this.touched.clear();
    try {
      if (everything) await this.loader.replaceAll(await this.source.readAll());
      else await this.takeInNotes(paths);
    } catch (error) {
      // Part of it may have been taken in; the next change begins anew.
      this.everything = true;
      throw error;
    }
    const { path, unreadable } = this.loader.settle(this.learned.entries);
    this.path = path;
    this.lastUnreadable = unreadable;
    return path;
  }

  private async takeInNotes(paths: readonly string[]): Promise<void> {
    const notes = await Promise.all(
      paths.map(async (path) => ({ path, note: await this.source.read(path) })),
    );
    for (const { path, note } of notes) if (!note) this.loader.remove(path);
    await this.loader.set(notes.flatMap(({ note }) => note ?? []));
  }
}
