/** Obsidian's `FileManager` (obsidian.d.ts "class FileManager"). */
import type * as O from 'obsidian';
import { notImitated } from './base/missing';
import { getLinkpath, parentPath } from './base/paths';
import { getFrontMatterInfo, parseYaml, stringifyYaml } from './metadata/frontmatter';
import { ConfirmationModal } from './ui/modal';

export class FileManager implements O.FileManager {
  constructor(private readonly app: O.App) {}

  /** New notes go to the vault's root, which is the app's default ("Default location for new notes"). */
  getNewFileParent(_sourcePath: string): O.TFolder {
    return this.app.vault.getRoot();
  }

  /** Renames, and rewrites the links of other notes that led to the file (obsidian.d.ts "renameFile"). */
  async renameFile(file: O.TAbstractFile, newPath: string): Promise<void> {
    const oldPath = file.path;
    const { resolvedLinks } = this.app.metadataCache;
    const sources = Object.keys(resolvedLinks).filter((path) => oldPath in (resolvedLinks[path] ?? {}));
    const occurrences = sources.map((path) => ({ path, links: this.linksTo(path, oldPath) }));
    await this.app.vault.rename(file, newPath);
    const renamed = this.app.vault.getFileByPath(file.path);
    if (renamed === null) return;
    for (const { path, links } of occurrences) {
      const source = this.app.vault.getFileByPath(path === oldPath ? file.path : path);
      const linktext = this.app.metadataCache.fileToLinktext(renamed, path, true);
      if (source !== null) await this.app.vault.process(source, (text) => relink(text, links, linktext));
    }
  }

  promptForDeletion(file: O.TAbstractFile): Promise<boolean> {
    return new Promise((resolve) => {
      const modal = new ConfirmationModal(this.app);
      modal.setTitle('Delete file');
      modal.setContent(`“${file.name}” goes to the vault’s trash.`);
      modal.setCloseCallback(() => resolve(false));
      modal.addButton((button) =>
        button
          .setButtonText('Delete')
          .setDestructive()
          .onClick(async () => {
            await this.trashFile(file);
            resolve(true);
          }),
      );
      modal.addCancelButton();
      modal.open();
    });
  }

  trashFile(file: O.TAbstractFile): Promise<void> {
    return this.app.vault.trash(file, true);
  }

  generateMarkdownLink(file: O.TFile, sourcePath: string, subpath = '', alias = ''): string {
    const linktext = this.app.metadataCache.fileToLinktext(file, sourcePath, true);
    const shown = alias === '' || alias === linktext ? '' : `|${alias}`;
    return `${file.extension === 'md' ? '' : '!'}[[${linktext}${subpath}${shown}]]`;
  }

  /** The YAML block is written anew: comments and quotes in it are lost, as in the app. */
  async processFrontMatter(file: O.TFile, change: (frontmatter: unknown) => void): Promise<void> {
    await this.app.vault.process(file, (text) => {
      const info = getFrontMatterInfo(text);
      const frontmatter = info.exists ? (parseYaml(info.frontmatter) ?? {}) : {};
      change(frontmatter);
      const body = text.slice(info.contentStart);
      const isEmpty = Object.keys(frontmatter).length === 0;
      return isEmpty ? body : `---\n${stringifyYaml(frontmatter)}---\n${body}`;
    });
  }

  getAvailablePathForAttachment(): Promise<string> {
    return notImitated('FileManager.getAvailablePathForAttachment');
  }

  private linksTo(sourcePath: string, targetPath: string): string[] {
    const cache = this.app.metadataCache.getCache(sourcePath);
    return [...(cache?.links ?? []), ...(cache?.embeds ?? [])]
      .map(({ link }) => getLinkpath(link))
      .filter((link) => this.app.metadataCache.getFirstLinkpathDest(link, sourcePath)?.path === targetPath);
  }
}

/** `[[old#Part|shown]]` → `[[new#Part|shown]]` for every old path. */
function relink(text: string, oldLinks: readonly string[], linktext: string): string {
  return text.replace(/\[\[([^[\]|#\n]+)/g, (whole, path: string) =>
    oldLinks.includes(path.trim()) ? `[[${linktext}` : whole,
  );
}

/** Folder of a path as Obsidian's dialogs show it. */
export function folderLabel(path: string): string {
  const folder = parentPath(path);
  return folder === '/' ? '' : folder;
}
