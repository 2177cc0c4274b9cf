import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Environment } from './folder';

/** What the sandbox needs of the host, by the command's name; the value says which package brings it. */
const needed = {
  bash: 'bash',
  ip: 'iproute2',
  nsenter: 'util-linux',
  prlimit: 'util-linux',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sshd: 'openssh-server',
  unshare: 'util-linux',
} as const;
const neededByUser = { newuidmap: 'uidmap', newgidmap: 'uidmap' } as const;

export type HostTool = keyof typeof needed | keyof typeof neededByUser;

export interface HostTools {
  /** Absolute paths of those that were found. */
  readonly found: Readonly<Partial<Record<HostTool, string>>>;
  readonly missing: readonly HostTool[];
}

/** Where programs lie. Ordinary users of Debian have no sbin in their PATH, yet sshd is there. */
export function searchPath(env: Environment): readonly string[] {
  const own = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return [...new Set([...own, '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'])];
}

export async function findProgram(name: string, path: readonly string[]): Promise<string | null> {
  for (const folder of path) {
    const file = `${folder}/${name}`;
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return null;
}

/** Finds the programs a sandbox needs; mapping ids takes two more for an ordinary user (`asRoot` false). */
export async function findHostTools(path: readonly string[], asRoot: boolean): Promise<HostTools> {
  const names = Object.keys({ ...needed, ...(asRoot ? {} : neededByUser) }).filter(isHostTool);
  const files = await Promise.all(names.map((name) => findProgram(name, path)));
  const found: Partial<Record<HostTool, string>> = {};
  const missing: HostTool[] = [];
  names.forEach((name, index) => {
    const file = files[index];
    if (file) found[name] = file;
    else missing.push(name);
  });
  return { found, missing };
}

/** The Debian names of the packages that bring these commands. */
export function packagesOf(tools: readonly HostTool[]): readonly string[] {
  const packages: Readonly<Record<HostTool, string>> = { ...needed, ...neededByUser };
  return [...new Set(tools.map((tool) => packages[tool]))];
}

function isHostTool(name: string): name is HostTool {
  return name in needed || name in neededByUser;
}
