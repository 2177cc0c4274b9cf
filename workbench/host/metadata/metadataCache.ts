/** Obsidian's `MetadataCache` (obsidian.d.ts "class MetadataCache"): what the notes hold, kept current. */
import type * as O from 'obsidian';
import { Events } from '../base/events';
import { getLinkpath } from '../base/paths';
import { TFile } from '../vault/files';
import type { Vault } from '../vault/vault';
import { FilesByName, resolveLinkpath, shortestLinktext } from './linkpath';
import { parseMetadata } from './parse';

/**
 * After a note changed on disk: `changed` (never after a rename: obsidian.d.ts "Note: This is not called when a file
 * is renamed for performance reasons"), then `resolve` for each note whose links were looked up again, and `resolved`
 * when nothing is waiting any more.
 */
export class MetadataCache extends Events implements O.MetadataCache {
  resolvedLinks: Record<string, Record<string, number>> = {};
  unresolvedLinks: Record<string, Record<string, number>> = {};
  private readonly caches = new Map<string, O.CachedMetadata>();
  private readonly names = new FilesByName();
  private readonly toRead = new Set<TFile>();
  private readonly toResolve = new Set<string>();
  private working: Promise<void> | null = null;
  /** The first reading of the vault is no change of any note. */
  private started = false;

  constructor(private readonly vault: Vault) {
    super();
    vault.on('create', (file: O.TAbstractFile) => this.onCreate(file));
    vault.on('modify', (file: O.TAbstractFile) => this.onModify(file));
    vault.on('delete', (file: O.TAbstractFile) => this.onDelete(file));
    vault.on('rename', (file: O.TAbstractFile, oldPath: string) => this.onRename(file, oldPath));
  }

  /** Settles when every note has been read once. */
  async start(): Promise<void> {
    await this.work();
    this.started = true;
  }

  getFileCache(file: O.TFile): O.CachedMetadata | null {
    return this.getCache(file.path);
  }

  getCache(path: string): O.CachedMetadata | null {
    return this.caches.get(path) ?? null;
  }

  getFirstLinkpathDest(linkpath: string, sourcePath: string): O.TFile | null {
    return resolveLinkpath(linkpath, sourcePath, this.names);
  }

  fileToLinktext(file: O.TFile, _sourcePath: string, omitMdExtension = true): string {
    return shortestLinktext(file, this.names, omitMdExtension);
  }

  private onCreate(file: O.TAbstractFile): void {
    if (!(file instanceof TFile)) return;
    this.names.add(file);
    if (file.extension === 'md') this.toRead.add(file);
    this.lookUpLinksTo(file.name);
    void this.work();
  }

  private onModify(file: O.TAbstractFile): void {
    if (!(file instanceof TFile) || file.extension !== 'md') return;
    this.toRead.add(file);
    void this.work();
  }

  private onDelete(file: O.TAbstractFile): void {
    if (!(file instanceof TFile)) return;
    this.names.remove(file, file.path);
    const before = this.getCache(file.path);
    this.forgetPath(file.path);
    this.toRead.delete(file);
    this.trigger('deleted', file, before);
    this.lookUpLinksTo(file.name);
    void this.work();
  }

  private onRename(file: O.TAbstractFile, oldPath: string): void {
    if (!(file instanceof TFile)) return;
    this.names.remove(file, oldPath);
    this.names.add(file);
    const cache = this.caches.get(oldPath);
    this.forgetPath(oldPath);
    if (cache !== undefined) {
      this.caches.set(file.path, cache);
      this.toResolve.add(file.path);
    }
    this.lookUpLinksTo(oldPath);
    this.lookUpLinksTo(file.path);
    void this.work();
  }

  /** Notes with a link of that name may mean another file now. */
  private lookUpLinksTo(path: string): void {
    if (!this.started) return;
    const name = withoutExtension(path);
    for (const [notePath, cache] of this.caches) {
      if (linksOf(cache).some((link) => withoutExtension(getLinkpath(link)) === name))
        this.toResolve.add(notePath);
    }
  }

  private forgetPath(path: string): void {
    this.caches.delete(path);
    this.toResolve.delete(path);
    delete this.resolvedLinks[path];
    delete this.unresolvedLinks[path];
  }

  private work(): Promise<void> {
    this.working ??= this.workThrough().finally(() => (this.working = null));
    return this.working;
  }

  private async workThrough(): Promise<void> {
    // Reading happens after the events of the vault were heard, as the app's worker thread makes it.
    await Promise.resolve();
    while (this.toRead.size > 0 || this.toResolve.size > 0) {
      await this.readWaiting();
      if (this.toRead.size > 0) continue;
      for (const path of this.toResolve) this.resolveLinks(path);
      this.toResolve.clear();
    }
    this.trigger('resolved');
  }

  private async readWaiting(): Promise<void> {
    const files = [...this.toRead];
    this.toRead.clear();
    await Promise.all(files.map((file) => this.readOne(file)));
  }

  private async readOne(file: TFile): Promise<void> {
    const text = await this.vault.cachedRead(file).catch(() => null);
    if (text === null || this.vault.getFileByPath(file.path) !== file) return;
    const cache = parseMetadata(text);
    this.caches.set(file.path, cache);
    this.toResolve.add(file.path);
    if (this.started) this.trigger('changed', file, text, cache);
  }

  private resolveLinks(path: string): void {
    const cache = this.caches.get(path);
    const file = this.vault.getFileByPath(path);
    if (cache === undefined || file === null) return;
    const resolved: Record<string, number> = {};
    const unresolved: Record<string, number> = {};
    for (const link of linksOf(cache)) {
      const linkpath = getLinkpath(link);
      const target = this.getFirstLinkpathDest(linkpath, path);
      if (target !== null) resolved[target.path] = (resolved[target.path] ?? 0) + 1;
      else if (linkpath !== '') unresolved[linkpath] = (unresolved[linkpath] ?? 0) + 1;
    }
    this.resolvedLinks[path] = resolved;
    this.unresolvedLinks[path] = unresolved;
    this.trigger('resolve', file);
  }
}

function linksOf(cache: O.CachedMetadata): string[] {
  return [...(cache.links ?? []), ...(cache.embeds ?? []), ...(cache.frontmatterLinks ?? [])].map(
    ({ link }) => link,
  );
}

function withoutExtension(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.md$/i, '')
    .toLowerCase();
}
