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
    const file = this.app.vault.getFileByPath(path);
    return file?.extension === 'md' ? this.factsOf(file) : null;
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

  /**
   * Reads the notes whose frontmatter the app could not parse: its cache then holds no property at all, and a map with
   * one bad line would vanish from the path instead of being reported.
   */
  async readBroken(): Promise<void> {
    const broken = this.app.vault.getMarkdownFiles().filter((file) => {
      if (this.facts.has(file.path)) return false;
      const cache = this.app.metadataCache.getFileCache(file);
      return cache?.frontmatter === undefined && cache?.sections?.[0]?.type === 'yaml';
    });
    for (const file of broken) {
      const facts = readNoteFacts(file.path, await this.app.vault.cachedRead(file));
      this.facts.set(file.path, facts);
    }
  }

  /** Forgets what was known of a note; without a path, of all notes. */
  forget(path?: string): void {
    if (path === undefined) this.facts.clear();
    else this.facts.delete(path);
  }

  private factsOf(file: TFile): NoteFacts {
    const known = this.facts.get(file.path);
    if (known) return known;
    const cache = this.app.metadataCache.getFileCache(file);
    const frontmatter: Record<string, unknown> = { ...cache?.frontmatter };
    const links = [...(cache?.links ?? []), ...(cache?.embeds ?? []), ...(cache?.frontmatterLinks ?? [])];
    const facts: NoteFacts = {
      path: file.path,
      title: file.basename,
      aliases: parseFrontMatterAliases(cache?.frontmatter ?? null) ?? [],
      frontmatter,
      links: links.map((link) => linkpath(link.link)),
    };
    // A note not indexed yet would look empty for ever if it were remembered.
    if (cache) this.facts.set(file.path, facts);
    return facts;
  }
}

function linkpath(link: string): string {
  return (link.split('#', 1)[0] ?? '').trim();
}
