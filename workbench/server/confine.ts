/** Paths stay inside the folder they belong to, also through symbolic links. */
import { realpath } from 'node:fs/promises';
import type { RpcAnswer } from '../protocol';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';

/** A failure with Node's name for it, so that the page can raise the same error the plugin would meet in Node. */
export class CodedError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = 'CodedError';
  }
}

/** Any thrown value as an answer; `code` is Node's where it has one. */
export function failure(error: unknown): RpcAnswer<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
  return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
}

/**
 * The absolute path of `path` inside `root` (an existing folder).
 * Throws EACCES when it leads out of `root`: by `..`, as an absolute path, or through a symbolic link anywhere on
 * the way. What does not exist yet is judged by the nearest folder that does.
 */
export async function confine(root: string, path: string): Promise<string> {
  if (isAbsolute(path) || path.includes('\0')) throw outside(path);
  const realRoot = await realpath(root);
  const wanted = resolve(realRoot, path);
  if (!isWithin(realRoot, wanted)) throw outside(path);
  const real = await realpathOfNearest(wanted);
  if (!isWithin(realRoot, real)) throw outside(path);
  return wanted;
}

export function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function realpathOfNearest(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const parent = dirname(path);
    return parent === path ? path : join(await realpathOfNearest(parent), path.slice(parent.length));
  }
}

function outside(path: string): CodedError {
  return new CodedError('EACCES', `"${path}" leads out of the folder the workbench serves.`);
}
