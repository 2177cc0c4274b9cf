/** Node's `fs` for the page: a few files of the lab machine, asynchronous, read only but for known_hosts. */
import type { FileStat } from '../protocol';
import { filesBackend } from '../host/vault/backend';

type Encoding = string | { readonly encoding?: string | null } | null | undefined;
type Callback<T> = (error: Error | null, value?: T) => void;

class Stats {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly mtime: Date;

  constructor(private readonly stat: FileStat) {
    this.size = stat.size;
    this.mtimeMs = stat.mtime;
    this.ctimeMs = stat.ctime;
    this.mtime = new Date(stat.mtime);
  }

  isFile(): boolean {
    return this.stat.kind === 'file';
  }

  isDirectory(): boolean {
    return this.stat.kind === 'folder';
  }

  isSymbolicLink(): boolean {
    return false;
  }
}

function encodingOf(encoding: Encoding): string | null {
  return typeof encoding === 'string' ? encoding : (encoding?.encoding ?? null);
}

async function readFile(path: string, encoding?: Encoding): Promise<Buffer | string> {
  const bytes = Buffer.from(await filesBackend.read(path));
  const name = encodingOf(encoding);
  return name === null ? bytes : bytes.toString(name as BufferEncoding);
}

async function appendFile(path: string, data: string | Uint8Array): Promise<void> {
  await filesBackend.append(path, typeof data === 'string' ? new TextEncoder().encode(data) : data);
}

async function stat(path: string): Promise<Stats> {
  return new Stats(await filesBackend.stat(path));
}

async function access(path: string): Promise<void> {
  await filesBackend.stat(path);
}

async function readdir(path: string): Promise<string[]> {
  return filesBackend.list(path);
}

/** A folder that exists is as good as one just made; the page makes none. */
async function mkdir(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true) await refused('mkdir', path);
}

async function refused(operation: string, path: string): Promise<never> {
  const message = `EROFS: the workbench writes nothing outside the vault, ${operation} '${path}'`;
  throw Object.assign(new Error(message), { code: 'EROFS', syscall: operation, path });
}

const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 };

export const promises = {
  readFile,
  appendFile,
  stat,
  lstat: stat,
  access,
  readdir,
  mkdir,
  realpath: async (path: string) => path,
  chmod: async () => undefined,
  writeFile: (path: string) => refused('write', path),
  rename: (path: string) => refused('rename', path),
  unlink: (path: string) => refused('unlink', path),
  rm: (path: string) => refused('rm', path),
  open: (path: string) => refused('open', path),
  mkdtemp: (path: string) => refused('mkdtemp', path),
  constants,
};

/** The callback form of a promise form: the callback is the last argument. */
function withCallback<T>(operation: (path: string, encoding?: Encoding) => Promise<T>) {
  return (path: string, ...rest: unknown[]): void => {
    const callback = rest.at(-1) as Callback<T>;
    const encoding = rest.length > 1 ? (rest[0] as Encoding) : undefined;
    operation(path, encoding).then(
      (value) => callback(null, value),
      (error: Error) => callback(error),
    );
  };
}

function synchronous(name: string) {
  return (path?: unknown): never => {
    throw Object.assign(
      new Error(`ENOSYS: a page cannot wait for a file, ${name} '${String(path)}'; use node:fs/promises.`),
      { code: 'ENOSYS', syscall: name },
    );
  };
}

export const fs = {
  promises,
  constants,
  Stats,
  readFile: withCallback(readFile),
  stat: withCallback(stat),
  lstat: withCallback(stat),
  access: withCallback(access),
  readdir: withCallback(readdir),
  existsSync: synchronous('existsSync'),
  readFileSync: synchronous('readFileSync'),
  writeFileSync: synchronous('writeFileSync'),
  statSync: synchronous('statSync'),
  readdirSync: synchronous('readdirSync'),
  mkdirSync: synchronous('mkdirSync'),
  createReadStream: synchronous('createReadStream'),
  createWriteStream: synchronous('createWriteStream'),
};
