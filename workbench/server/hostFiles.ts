/** The few files outside the vault that the plugin reads: the lab machine's record, its keys, its known_hosts. */
import { appendFile, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import type { FileRequest, FileStat } from '../protocol';
import { CodedError, isWithin } from './confine';

/** Tells whether a recorded machine still runs: proc(5). */
const processStatus = /^\/proc\/[1-9]\d*\/stat$/;

/**
 * Serves absolute paths inside `root` for reading; `known_hosts` there may also grow. Beside it only the status of
 * processes can be read.
 */
export class HostFiles {
  constructor(private readonly root: string) {}

  async answer(request: FileRequest): Promise<unknown> {
    if (request.do === 'read' && processStatus.test(request.path)) {
      return (await readFile(request.path)).toString('base64');
    }
    const path = await this.allowed(request.path);
    switch (request.do) {
      case 'read':
        return (await readFile(path)).toString('base64');
      case 'stat':
        return this.stat(path);
      case 'list':
        return readdir(path);
      case 'append': {
        if (basename(path) !== 'known_hosts') {
          throw new CodedError(
            'EACCES',
            `The workbench lets nothing but known_hosts grow, not "${request.path}".`,
          );
        }
        await appendFile(path, Buffer.from(request.base64, 'base64'), { mode: 0o600 });
        return null;
      }
    }
  }

  private async stat(path: string): Promise<FileStat> {
    const found = await stat(path);
    return {
      kind: found.isDirectory() ? 'folder' : 'file',
      ctime: Math.trunc(found.ctimeMs),
      mtime: Math.trunc(found.mtimeMs),
      size: found.size,
    };
  }

  /** Throws ENOENT for what is not there (as Node would) and EACCES for what is, or leads, elsewhere. */
  private async allowed(path: string): Promise<string> {
    const wanted = resolve(path);
    if (!isAbsolute(path) || !isWithin(resolve(this.root), wanted)) {
      throw new CodedError('EACCES', `"${path}" is not among the files the workbench may read.`);
    }
    const root = await realpath(this.root).catch(() => null);
    if (root === null) throw new CodedError('ENOENT', `no such file or directory, "${path}"`);
    const real = await realpath(wanted).catch(async (error: unknown) => {
      // A file that is about to be made (the first known_hosts) is judged by its folder.
      const folder = await realpath(resolve(wanted, '..')).catch(() => null);
      if (folder === null) throw error;
      return resolve(folder, basename(wanted));
    });
    if (!isWithin(root, real)) {
      throw new CodedError('EACCES', `"${path}" leads out of the folder the workbench may read.`);
    }
    return real;
  }
}
