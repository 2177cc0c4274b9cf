/** What the page and its server say to each other, as JSON. Times are ms since the epoch, sizes are bytes. */

/** A file or folder of the vault; `path` is relative to the vault, with `/` between names, as Obsidian writes it. */
export interface VaultEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly ctime: number;
  readonly mtime: number;
  readonly size: number;
}

/** Something changed on disk, whoever changed it; the page ignores what it already knows. */
export type VaultChange =
  { readonly kind: 'present'; readonly entry: VaultEntry } | { readonly kind: 'gone'; readonly path: string };

/** A request on the vault, sent as `POST /api/vault`; the answer is an `RpcAnswer`. */
export type VaultRequest =
  | { readonly do: 'tree' }
  | { readonly do: 'stat'; readonly path: string }
  | { readonly do: 'list'; readonly path: string }
  /** Answered by one RpcAnswer<base64> for each path, in order. */
  | { readonly do: 'read'; readonly paths: readonly string[] }
  | { readonly do: 'write'; readonly path: string; readonly base64: string; readonly mustBeNew?: boolean }
  | { readonly do: 'mkdir'; readonly path: string }
  | { readonly do: 'rename'; readonly path: string; readonly to: string }
  | { readonly do: 'remove'; readonly path: string };

/** A request on a file outside the vault, sent as `POST /api/files`; only a few folders are served. */
export type FileRequest =
  | { readonly do: 'read'; readonly path: string }
  | { readonly do: 'stat'; readonly path: string }
  | { readonly do: 'list'; readonly path: string }
  | { readonly do: 'append'; readonly path: string; readonly base64: string };

/** `code` is Node's name for the failure (ENOENT, EACCES, EEXIST …), so that callers can tell them apart. */
export type RpcAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface FileStat {
  readonly kind: 'file' | 'folder';
  readonly ctime: number;
  readonly mtime: number;
  readonly size: number;
}

/** What the page must know before it can start. */
export interface WorkbenchFacts {
  /** Name of the vault's folder. */
  readonly vaultName: string;
  /** Absolute path of the vault; also keys what the page remembers between loads. */
  readonly vaultPath: string;
  readonly manifest: PluginFacts;
  /** Environment variables the plugin may ask for: HOME, XDG_STATE_HOME, USER. */
  readonly env: Readonly<Record<string, string>>;
  readonly homedir: string;
  readonly hostname: string;
  readonly user: string;
  /** Numeric ids of the user the server runs as. */
  readonly uid: number;
  readonly gid: number;
}

/** The plugin's manifest.json, as far as the host reads it. */
export interface PluginFacts {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly minAppVersion: string;
  readonly description: string;
  readonly author: string;
  readonly isDesktopOnly?: boolean;
}
