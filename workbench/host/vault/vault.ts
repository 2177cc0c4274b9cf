/** Obsidian's `Vault` over the real folder: a tree in memory, files on disk, events for both (obsidian.d.ts "class Vault"). */
import type * as O from 'obsidian';
import type { FileStat, VaultChange, VaultEntry } from '../../protocol';
import { Events } from '../base/events';
import { joinPath, normalizePath, parentPath } from '../base/paths';
import { FileSystemAdapter } from './adapter';
import { vaultBackend } from './backend';
import { type TAbstractFile, TFile, TFolder } from './files';
import { SerialQueues } from './serialQueues';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Vault extends Events implements O.Vault {
  // The name of the folder is a setting of the real app; this host never changes it.
  configDir = '.obsidian';
  readonly adapter: FileSystemAdapter;
  private readonly root = new TFolder(this, '/');
  private readonly byPath = new Map<string, TAbstractFile>([['/', this.root]]);
  /** Text as last read or written, valid for one modification time. */
  private readonly texts = new Map<TFile, { readonly mtime: number; readonly text: string }>();
  private readonly queues = new SerialQueues();

  constructor(
    private readonly vaultName: string,
    basePath: string,
  ) {
    super();
    this.root.name = '';
    this.adapter = new FileSystemAdapter(vaultName, basePath);
  }

  /**
   * Fills the tree, and follows the disk from then on. As in the app, 'create' is triggered for every file found at
   * the start (obsidian.d.ts, Vault.on 'create': register inside onLayoutReady if you don't want these).
   */
  async start(): Promise<void> {
    vaultBackend.watch((changes) => void this.follow(changes));
    for (const entry of await vaultBackend.tree()) this.take(entry);
  }

  getName(): string {
    return this.vaultName;
  }

  getRoot(): TFolder {
    return this.root;
  }

  getAbstractFileByPath(path: string): TAbstractFile | null {
    return this.byPath.get(path) ?? null;
  }

  getFileByPath(path: string): TFile | null {
    const found = this.byPath.get(path);
    return found instanceof TFile ? found : null;
  }

  getFolderByPath(path: string): TFolder | null {
    const found = this.byPath.get(path);
    return found instanceof TFolder ? found : null;
  }

  getAllLoadedFiles(): TAbstractFile[] {
    return [...this.byPath.values()];
  }

  getAllFolders(includeRoot = false): TFolder[] {
    return this.getAllLoadedFiles()
      .filter((file) => file instanceof TFolder)
      .filter((folder) => includeRoot || !folder.isRoot());
  }

  getFiles(): TFile[] {
    return this.getAllLoadedFiles().filter((file) => file instanceof TFile);
  }

  getMarkdownFiles(): TFile[] {
    return this.getFiles().filter((file) => file.extension === 'md');
  }

  getResourcePath(file: O.TFile): string {
    return this.adapter.getResourcePath(file.path);
  }

  read(file: O.TFile): Promise<string> {
    return this.queues.run(file.path, async () => this.readNow(ours(file)));
  }

  /** The text as of the last known modification; from disk only when that is newer (obsidian.d.ts "cachedRead"). */
  async cachedRead(file: O.TFile): Promise<string> {
    const cached = this.texts.get(ours(file));
    return cached?.mtime === file.stat.mtime ? cached.text : this.read(file);
  }

  async readBinary(file: O.TFile): Promise<ArrayBuffer> {
    return (await vaultBackend.read(file.path)).buffer;
  }

  /** Rejects when the file exists, or when its folder does not. */
  async create(path: string, data: string): Promise<TFile> {
    return this.createBytes(path, encoder.encode(data));
  }

  async createBinary(path: string, data: ArrayBuffer): Promise<TFile> {
    return this.createBytes(path, new Uint8Array(data));
  }

  async createFolder(path: string): Promise<TFolder> {
    const normal = normalizePath(path);
    if (this.byPath.has(normal)) throw new Error('Folder already exists.');
    const stat = await vaultBackend.mkdir(normal);
    for (const folder of foldersOf(normal)) {
      if (!this.byPath.has(folder)) this.take({ path: folder, ...stat });
    }
    const folder = this.getFolderByPath(normal);
    if (folder === null) throw new Error(`The folder "${normal}" could not be made.`);
    return folder;
  }

  modify(file: O.TFile, data: string): Promise<void> {
    return this.queues.run(file.path, () => this.writeNow(ours(file), data));
  }

  async modifyBinary(file: O.TFile, data: ArrayBuffer): Promise<void> {
    const known = ours(file);
    await this.queues.run(file.path, async () => {
      this.wrote(known, await vaultBackend.write(known.path, new Uint8Array(data)));
    });
  }

  async append(file: O.TFile, data: string): Promise<void> {
    await this.process(file, (text) => text + data);
  }

  appendBinary(file: O.TFile, data: ArrayBuffer): Promise<void> {
    return this.readBinary(file).then((before) =>
      this.modifyBinary(file, new Uint8Array([...new Uint8Array(before), ...new Uint8Array(data)]).buffer),
    );
  }

  /**
   * Reads, changes and writes with nothing in between: calls for one file wait for each other (obsidian.d.ts
   * "Vault.process": "Atomically read, modify, and save the contents of a note").
   */
  process(file: O.TFile, change: (data: string) => string): Promise<string> {
    const known = ours(file);
    return this.queues.run(file.path, async () => {
      const before = await this.readNow(known);
      const after = change(before);
      if (after !== before) await this.writeNow(known, after);
      return after;
    });
  }

  async delete(file: O.TAbstractFile): Promise<void> {
    await this.queues.run(file.path, () => vaultBackend.remove(file.path));
    this.drop(file.path);
  }

  async trash(file: O.TAbstractFile): Promise<void> {
    await this.delete(file);
  }

  async rename(file: O.TAbstractFile, newPath: string): Promise<void> {
    const normal = normalizePath(newPath);
    const known = this.byPath.get(file.path);
    if (known === undefined) throw new Error(`"${file.path}" is not in the vault.`);
    if (this.byPath.has(normal) && file.path.toLowerCase() !== normal.toLowerCase()) {
      throw new Error('Destination file already exists!');
    }
    await this.queues.run(file.path, () => vaultBackend.rename(file.path, normal));
    this.move(known, normal);
  }

  async copy<T extends O.TAbstractFile>(file: T, newPath: string): Promise<T> {
    if (!(file instanceof TFile)) throw new Error('Only files can be copied in the workbench.');
    const copied: O.TAbstractFile = await this.createBinary(newPath, await this.readBinary(file));
    return copied as T;
  }

  static recurseChildren(root: O.TFolder, visit: (file: O.TAbstractFile) => unknown): void {
    for (const child of root.children) {
      visit(child);
      if (child instanceof TFolder) Vault.recurseChildren(child, visit);
    }
  }

  private async createBytes(path: string, bytes: Uint8Array): Promise<TFile> {
    const normal = normalizePath(path);
    const file = await this.queues.run(normal, async () => {
      if (this.byPath.has(normal)) throw new Error('File already exists.');
      const stat = await vaultBackend.write(normal, bytes, true);
      return this.take({ path: normal, ...stat });
    });
    if (!(file instanceof TFile)) throw new Error(`The file "${normal}" could not be made.`);
    return file;
  }

  private async readNow(file: TFile): Promise<string> {
    const { mtime } = file.stat;
    const text = decoder.decode(await vaultBackend.read(file.path));
    this.texts.set(file, { mtime, text });
    return text;
  }

  private async writeNow(file: TFile, text: string): Promise<void> {
    const stat = await vaultBackend.write(file.path, encoder.encode(text));
    this.texts.set(file, { mtime: stat.mtime, text });
    this.wrote(file, stat);
  }

  private wrote(file: TFile, stat: FileStat): void {
    file.stat = { ctime: stat.ctime, mtime: stat.mtime, size: stat.size };
    this.trigger('modify', file);
  }

  /** What the disk reports waits for our own writes of the same path, so that these are not taken for news. */
  private async follow(changes: readonly VaultChange[]): Promise<void> {
    for (const change of changes) {
      if (change.kind === 'gone') {
        await this.queues.run(change.path, async () => {
          const stillThere = await vaultBackend.stat(change.path).catch(() => null);
          if (stillThere === null) this.drop(change.path);
        });
      } else {
        await this.queues.run(change.entry.path, async () => {
          const stat = await vaultBackend.stat(change.entry.path).catch(() => null);
          if (stat !== null) this.take({ path: change.entry.path, ...stat });
        });
      }
    }
  }

  private take(entry: VaultEntry): TAbstractFile | null {
    const known = this.byPath.get(entry.path);
    if (known instanceof TFile && entry.kind === 'file') {
      if (known.stat.mtime !== entry.mtime || known.stat.size !== entry.size) this.wrote(known, entry);
      return known;
    }
    if (known !== undefined) return known;
    const file = entry.kind === 'file' ? new TFile(this, entry.path) : new TFolder(this, entry.path);
    if (file instanceof TFile) file.stat = { ctime: entry.ctime, mtime: entry.mtime, size: entry.size };
    this.attach(file);
    this.trigger('create', file);
    return file;
  }

  private drop(path: string): void {
    const file = this.byPath.get(path);
    if (file === undefined) return;
    if (file instanceof TFolder) for (const child of [...file.children]) this.drop(child.path);
    this.detach(file);
    if (file instanceof TFile) this.texts.delete(file);
    this.trigger('delete', file);
  }

  private move(file: TAbstractFile, newPath: string): void {
    const oldPath = file.path;
    this.detach(file);
    file.setPath(newPath);
    this.attach(file);
    this.trigger('rename', file, oldPath);
    if (file instanceof TFolder) {
      for (const child of [...file.children]) this.move(child, joinPath(newPath, child.name));
    }
  }

  private attach(file: TAbstractFile): void {
    this.byPath.set(file.path, file);
    const parent = this.byPath.get(parentPath(file.path));
    if (!(parent instanceof TFolder)) return;
    file.parent = parent;
    if (!parent.children.includes(file)) parent.children.push(file);
  }

  private detach(file: TAbstractFile): void {
    this.byPath.delete(file.path);
    if (file.parent !== null) file.parent.children = file.parent.children.filter((child) => child !== file);
    file.parent = null;
  }
}

/** Every TFile in the page was made by this host. */
function ours(file: O.TFile): TFile {
  if (file instanceof TFile) return file;
  throw new TypeError('A TFile of another host was handed in.');
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function foldersOf(path: string): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
