import { parseFrontMatterAliases, type App, type TFile } from 'obsidian';
import type { NoteFacts, NoteSource } from '../path/noteFacts';
import { problem, ProblemError } from '../base/problem';
import { readNoteFacts } from '../path/readFacts';

/** The open vault as the path sees it: facts from the metadata cache, text from the vault's own cache. */
export class VaultSource implements NoteSource {
  private readonly facts = new Map<string, NoteFacts>();

  constructor(private readonly app: App) {}

  notes(): readonly NoteFacts[] {
    return this.app.vault.getMarkdownFiles().map((file) => this.factsOf(file));
  }

  note(path: string): NoteFacts | null {
    const file = this.fileOf(path);
    return file ? this.factsOf(file) : null;
  }

  async text(path: string): Promise<string> {
    const file = this.app.vault.getFileByPath(path);
    if (!file) {
      throw new ProblemError(
        problem(`There is no note “${path}”.`, '', 'It may have been moved or deleted; open it again.'),
      );
    }
    return this.app.vault.cachedRead(file);
  }

  /** Every note; those that Obsidian's cache cannot tell are read. */
  async readAll(): Promise<readonly NoteFacts[]> {
    return Promise.all(this.app.vault.getMarkdownFiles().map((file) => this.readFacts(file)));
  }

  /** One note, or null when there is none. */
  async read(path: string): Promise<NoteFacts | null> {
    const file = this.fileOf(path);
    return file ? this.readFacts(file) : null;
  }

  /** Forgets what was known of a note; without a path, of all notes. */
  forget(path?: string): void {
    if (path === undefined) this.facts.clear();
    else this.facts.delete(path);
  }

  private fileOf(path: string): TFile | null {
    const file = this.app.vault.getFileByPath(path);
    return file?.extension === 'md' ? file : null;
  }

  /**
   * Obsidian's cache holds no properties at all of a note whose frontmatter is broken: a broken map would silently be
   * no map any more. Such a note is read.
   */
  private async readFacts(file: TFile): Promise<NoteFacts> {
    if (this.facts.has(file.path) || !this.looksBroken(file)) return this.factsOf(file);
    const facts = readNoteFacts(file.path, await this.app.vault.cachedRead(file));
    // A rule may stand in the first line of a note that is sound.
    if (!facts.problem) return this.factsOf(file);
    this.facts.set(file.path, facts);
    return facts;
  }

  /** The note begins with `---`, which the cache took for a YAML block or a rule, and yet has no properties. */
  private looksBroken(file: TFile): boolean {
    const cache = this.app.metadataCache.getFileCache(file);
    const first = cache?.sections?.[0];
    return (
      !cache?.frontmatter &&
      first?.position.start.offset === 0 &&
      (first.type === 'yaml' || first.type === 'thematicBreak')
    );
  }

  private factsOf(file: TFile): NoteFacts {
    const known = this.facts.get(file.path);
    if (known) return known;
    const cache = this.app.metadataCache.getFileCache(file);
    const frontmatter: Record<string, unknown> = { ...cache?.frontmatter };
    const facts: NoteFacts = {
      path: file.path,
      title: file.basename,
      aliases: parseFrontMatterAliases(cache?.frontmatter ?? null) ?? [],
      frontmatter,
    };
    // A note not indexed yet would look empty for ever if it were remembered.
    if (cache) this.facts.set(file.path, facts);
    return facts;
  }
}
