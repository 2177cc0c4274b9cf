import { parseFrontMatterAliases, type App, type TFile } from 'obsidian';
import type { NoteFacts, NoteSource } from '../path/noteFacts';
import { problem, ProblemError } from '../base/problem';
import { readNoteFacts } from '../path/readFacts';

/** The open vault as the path sees it: facts from the metadata cache, text from the vault's own cache. */
export class VaultSource implements NoteSource {
  private readonly facts = new Map<string, NoteFacts>();
  /** Notes that look broken and are not: a rule may stand in their first line. */
  private readonly sound = new Set<string>();

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
   * Reads the notes whose frontmatter Obsidian could not: its cache then holds none, and a broken map would silently
   * be no map any more. Call before `notes`.
   */
  async readBroken(): Promise<void> {
    const { vault } = this.app;
    const broken = vault
      .getMarkdownFiles()
      .filter((file) => !this.facts.has(file.path) && !this.sound.has(file.path) && this.looksBroken(file));
    await Promise.all(
      broken.map(async (file) => {
        const facts = readNoteFacts(file.path, await vault.cachedRead(file));
        if (facts.problem) this.facts.set(file.path, facts);
        else this.sound.add(file.path);
      }),
    );
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

  /** Forgets what was known of a note; without a path, of all notes. */
  forget(path?: string): void {
    if (path === undefined) {
      this.facts.clear();
      this.sound.clear();
    } else {
      this.facts.delete(path);
      this.sound.delete(path);
    }
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
