/** The server's vault and files, as promises. Failures are Errors that carry Node's `code`, as `fs` would throw. */
import { BatchedReads } from './batchedReads';
import type { FileRequest, FileStat, RpcAnswer, VaultChange, VaultEntry, VaultRequest } from '../../protocol';

export class ServerError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly path: string,
  ) {
    super(message);
    this.name = 'Error';
  }
}

async function ask<T>(address: string, request: VaultRequest | FileRequest): Promise<T> {
  const response = await window.fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new ServerError('EIO', await response.text(), '');
  const answer = (await response.json()) as RpcAnswer<T>;
  if (answer.ok) return answer.value;
  throw new ServerError(answer.code, answer.message, 'path' in request ? request.path : '');
}

/** Bytes as base64, in pieces small enough for the argument list of fromCharCode. */
function toBase64(bytes: Uint8Array): string {
  const piece = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += piece) {
    binary += String.fromCharCode(...bytes.subarray(at, at + piece));
  }
  return btoa(binary);
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

const vaultReads = new BatchedReads<Uint8Array<ArrayBuffer>>(async (paths) => {
  const answers = await ask<RpcAnswer<string>[]>('/api/vault', { do: 'read', paths });
  return answers.map((answer, index) =>
    answer.ok ? fromBase64(answer.value) : new ServerError(answer.code, answer.message, paths[index] ?? ''),
  );
});

/** The vault's folder; paths are relative to it. */
export const vaultBackend = {
  tree: () => ask<VaultEntry[]>('/api/vault', { do: 'tree' }),
  stat: (path: string) => ask<FileStat>('/api/vault', { do: 'stat', path }),
  list: (path: string) => ask<{ files: string[]; folders: string[] }>('/api/vault', { do: 'list', path }),
  read: (path: string) => vaultReads.read(path),
  write: (path: string, bytes: Uint8Array, mustBeNew = false) =>
    ask<FileStat>('/api/vault', { do: 'write', path, base64: toBase64(bytes), mustBeNew }),
  mkdir: (path: string) => ask<FileStat>('/api/vault', { do: 'mkdir', path }),
  rename: (path: string, to: string) => ask<FileStat>('/api/vault', { do: 'rename', path, to }),
  remove: (path: string) => ask<null>('/api/vault', { do: 'remove', path }),

  /** Calls `onChanges` whenever something changed on disk. Reconnects, because a laptop may have slept. */
  watch(onChanges: (changes: readonly VaultChange[]) => void): void {
    const retryMs = 2000;
    const socket = new WebSocket(`ws://${window.location.host}/events`);
    socket.onmessage = (message) => onChanges(JSON.parse(String(message.data)) as VaultChange[]);
    socket.onclose = () => void window.setTimeout(() => this.watch(onChanges), retryMs);
  },
};

/** Files outside the vault, by absolute path; the server serves the lab machine's state folder only. */
export const filesBackend = {
  read: async (path: string) => fromBase64(await ask<string>('/api/files', { do: 'read', path })),
  stat: (path: string) => ask<FileStat>('/api/files', { do: 'stat', path }),
  list: (path: string) => ask<string[]>('/api/files', { do: 'list', path }),
  append: (path: string, bytes: Uint8Array) =>
    ask<null>('/api/files', { do: 'append', path, base64: toBase64(bytes) }),
};
