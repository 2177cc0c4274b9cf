/** The vault as a folder on disk: what the page's Vault asks for. All paths are relative to the vault. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStat, RpcAnswer, VaultEntry, VaultRequest } from '../protocol';
import { CodedError, confine, failure } from './confine';

export class VaultFolder {
  constructor(readonly root: string) {}

  /** Does what was asked; throws errors that carry Node's `code`. */
  async answer(request: VaultRequest): Promise<unknown> {
    switch (request.do) {
      case 'tree':
        return this.tree();
      case 'stat':
        return this.stat(request.path);
      case 'list':
        return this.list(request.path);
      case 'read':
        return Promise.all(request.paths.map((path) => this.read(path)));
      case 'write':
        return this.write(request.path, Buffer.from(request.base64, 'base64'), request.mustBeNew ?? false);
      case 'mkdir':
        await mkdir(await this.inside(request.path), { recursive: true });
        return this.stat(request.path);
      case 'rename':
        return this.rename(request.path, request.to);
      case 'remove':
        return this.remove(request.path);
    }
  }

  /** Every file and folder that Obsidian would show: names that begin with a dot are left out. */
  async tree(): Promise<VaultEntry[]> {
    const entries: VaultEntry[] = [];
    const visit = async (folder: string): Promise<void> => {
      const names = await readdir(join(this.root, folder)).catch(() => []);
      const children = await Promise.all(
        names
          .filter((name) => !name.startsWith('.'))
          .map((name) => this.entry(folder === '' ? name : `${folder}/${name}`)),
      );
      for (const child of children) {
        if (child === null) continue;
        entries.push(child);
        if (child.kind === 'folder') await visit(child.path);
      }
    };
    await visit('');
    return entries;
  }

  /** Null when the path is gone, leads out of the vault, or is neither a file nor a folder. */
  async entry(path: string): Promise<VaultEntry | null> {
    const found = await this.stat(path).catch(() => null);
    return found === null ? null : { path, ...found };
  }

  /** The bytes of a file of the vault. */
  async bytes(path: string): Promise<Buffer> {
    return readFile(await this.inside(path));
  }

  private async read(path: string): Promise<RpcAnswer<string>> {
    try {
      return { ok: true, value: (await this.bytes(path)).toString('base64') };
    } catch (error) {
      return failure(error);
    }
  }

  private async stat(path: string): Promise<FileStat> {
    const found = await stat(await this.inside(path));
    return {
      kind: found.isDirectory() ? 'folder' : 'file',
      ctime: Math.trunc(found.birthtimeMs),
      mtime: Math.trunc(found.mtimeMs),
      size: found.isDirectory() ? 0 : found.size,
    };
  }

  private async list(path: string): Promise<{ files: string[]; folders: string[] }> {
    const entries = await readdir(await this.inside(path), { withFileTypes: true });
    const full = (name: string) => (path === '' || path === '/' ? name : `${path}/${name}`);
    return {
      files: entries.filter((entry) => !entry.isDirectory()).map((entry) => full(entry.name)),
      folders: entries.filter((entry) => entry.isDirectory()).map((entry) => full(entry.name)),
    };
  }

  /** A reader never sees half a file: the new text is written beside the old one and then takes its name. */
  private async write(path: string, bytes: Buffer, mustBeNew: boolean): Promise<FileStat> {
    const target = await this.inside(path);
    const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.workbench-tmp`);
    const mode = await stat(target).then(
      (found) => found.mode & 0o777,
      () => 0o644,
    );
    try {
      const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      // A hard link fails where a name is taken; rename would silently replace it.
      if (mustBeNew) await link(temporary, target);
      else await rename(temporary, target);
    } finally {
      await unlink(temporary).catch(() => undefined);
    }
    return this.stat(path);
  }

  private async rename(path: string, to: string): Promise<FileStat> {
    const from = await this.inside(path);
    const target = await this.inside(to);
    const taken = await lstat(target).catch(() => null);
    const changesOnlyCase = path.toLowerCase() === to.toLowerCase();
    if (taken !== null && !changesOnlyCase) throw new CodedError('EEXIST', `"${to}" exists already.`);
    await rename(from, target);
    return this.stat(to);
  }

  /** Into the vault's `.trash`, where Obsidian puts what is deleted when told to keep it in the vault. */
  private async remove(path: string): Promise<null> {
    const from = await this.inside(path);
    if (from === (await this.inside('')))
      throw new CodedError('EACCES', 'The vault itself cannot be deleted.');
    if (path.startsWith('.')) {
      await rm(from, { recursive: true });
      return null;
    }
    const trash = await this.inside('.trash');
    await mkdir(trash, { recursive: true });
    const name = path.split('/').at(-1) ?? path;
    const free = await this.freeName(trash, name);
    await rename(from, free).catch(async (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
      await copyFile(from, free);
      await rm(from);
    });
    return null;
  }

  private async freeName(folder: string, name: string): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const candidate = join(folder, attempt === 0 ? name : `${name} ${attempt}`);
      if ((await lstat(candidate).catch(() => null)) === null) return candidate;
    }
  }

  private inside(path: string): Promise<string> {
    return confine(this.root, path === '/' ? '' : path);
  }
}
