/**
 * The parts of Node that this folder uses, each loaded on first use: the plugin costs nothing before its first
 * connection, and a page without Node can load it.
 */
export const nodeCrypto = () => import('node:crypto');
export const nodeFiles = () => import('node:fs/promises');
export const nodePath = () => import('node:path');
export const nodeSystem = async () => {
  const [{ tmpdir }, { env, platform }] = await Promise.all([import('node:os'), import('node:process')]);
  return { tmpdir: tmpdir(), env, platform };
};
export const nodeProcesses = () => import('node:child_process');
