/** The vault's folder without the tree: also sees files whose names begin with a dot (obsidian.d.ts "DataAdapter"). */
import type * as O from 'obsidian';
import { joinPath, normalizePath } from '../base/paths';
import { notImitated } from '../base/missing';
import { ServerError, vaultBackend } from './backend';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class FileSystemAdapter implements O.FileSystemAdapter {
  constructor(
    private readonly vaultName: string,
    private readonly basePath: string,
  ) {}

  getName(): string {
    return this.vaultName;
  }

  getBasePath(): string {
    return this.basePath;
  }

  getFullPath(path: string): string {
    return `${this.basePath}/${normalizePath(path)}`;
  }

  getFilePath(path: string): string {
    return `file://${encodeURI(this.getFullPath(path))}`;
  }

  getResourcePath(path: string): string {
    return `/vault/${encodeURIComponent(normalizePath(path))}`;
  }

  async exists(path: string): Promise<boolean> {
    return (await this.stat(path)) !== null;
  }

  async stat(path: string): Promise<O.Stat | null> {
    try {
      const { kind, ctime, mtime, size } = await vaultBackend.stat(normalizePath(path));
      return { type: kind, ctime, mtime, size };
    } catch (error) {
      if (error instanceof ServerError && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  list(path: string): Promise<O.ListedFiles> {
    const folder = normalizePath(path);
    return vaultBackend.list(folder);
  }

  async read(path: string): Promise<string> {
    return decoder.decode(await vaultBackend.read(normalizePath(path)));
  }

  async readBinary(path: string): Promise<ArrayBuffer> {
    return (await vaultBackend.read(normalizePath(path))).buffer;
  }

  async write(path: string, data: string): Promise<void> {
    await vaultBackend.write(normalizePath(path), encoder.encode(data));
  }

  async writeBinary(path: string, data: ArrayBuffer): Promise<void> {
    await vaultBackend.write(normalizePath(path), new Uint8Array(data));
  }

  async append(path: string, data: string): Promise<void> {
    const before = (await this.exists(path)) ? await this.read(path) : '';
    await this.write(path, before + data);
  }

  appendBinary(): Promise<void> {
    return notImitated('DataAdapter.appendBinary');
  }

  async process(path: string, change: (data: string) => string): Promise<string> {
    const changed = change(await this.read(path));
    await this.write(path, changed);
    return changed;
  }

  async mkdir(path: string): Promise<void> {
    await vaultBackend.mkdir(normalizePath(path));
  }

  async rmdir(path: string): Promise<void> {
    await vaultBackend.remove(normalizePath(path));
  }

  async remove(path: string): Promise<void> {
    await vaultBackend.remove(normalizePath(path));
  }

  async trashSystem(path: string): Promise<boolean> {
    await vaultBackend.remove(normalizePath(path));
    return true;
  }

  async trashLocal(path: string): Promise<void> {
    await vaultBackend.remove(normalizePath(path));
  }

  async rename(path: string, to: string): Promise<void> {
    await vaultBackend.rename(normalizePath(path), normalizePath(to));
  }

  async copy(path: string, to: string): Promise<void> {
    await vaultBackend.write(normalizePath(to), await vaultBackend.read(normalizePath(path)), true);
  }

  static readLocalFile(): Promise<ArrayBuffer> {
    return notImitated('FileSystemAdapter.readLocalFile');
  }

  static mkdir(): Promise<void> {
    return notImitated('FileSystemAdapter.mkdir');
  }
}

/** Folder of a plugin inside the configuration folder. */
export function pluginFolder(configDir: string, pluginId: string): string {
  return joinPath(joinPath(configDir, 'plugins'), pluginId);
}
