import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { problem, ProblemError, type Problem } from '../../base/problem';
import { installLine, packageFamily, type PackageFamily } from '../distribution';
import type { Environment } from '../folder';
import { findProgram, searchPath } from '../hostTools';

/** What a virtual machine needs of this computer, and the Debian package that brings it. */
const needed = {
  'qemu-system-x86_64': 'qemu-system-x86',
  mmdebstrap: 'mmdebstrap',
  mke2fs: 'e2fsprogs',
  tar: 'tar',
  bash: 'bash',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  newuidmap: 'uidmap',
  newgidmap: 'uidmap',
} as const;

export type VmTool = keyof typeof needed;

/** Absolute paths. */
export type VmTools = Readonly<Record<VmTool, string>>;

/**
 * Finds the programs that build and run a virtual machine.
 *
 * @throws ProblemError that names all that are missing, with the line that installs them.
 */
export async function findVmTools(env: Environment): Promise<VmTools> {
  const tools = await vmTools(env);
  const missing = Object.keys(tools).filter((name) => tools[name as VmTool] === '');
  const refusal = await vmRefusal(missing as VmTool[]);
  if (refusal !== null) throw new ProblemError(refusal);
  return tools;
}

/** The programs by name; an empty path for those that are missing. */
async function vmTools(env: Environment): Promise<VmTools> {
  const files = await Promise.all(
    Object.keys(needed).map(
      async (name) => [name, (await findProgram(name, searchPath(env))) ?? ''] as const,
    ),
  );
  return Object.fromEntries(files) as VmTools;
}

async function vmRefusal(missing: readonly VmTool[]): Promise<Problem | null> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return vmRefusalFor(process.platform, process.arch, packageFamily(osRelease), missing);
}

/** Why no virtual machine can be built and run here, as far as that is known before trying; null when it is worth one. */
export function vmRefusalFor(
  platform: string,
  architecture: string,
  family: PackageFamily | null,
  missing: readonly VmTool[],
): Problem | null {
  const what = 'The virtual machine cannot be made on this computer.';
  if (platform !== 'linux')
    return problem(
      what,
      'It is built from Debian’s packages on a Linux system.',
      platform === 'win32'
        ? 'Use WSL2 (`wsl --install`) and start it there, or use Multipass: labpath lab recipe multipass.'
        : 'Use Lima instead: labpath lab recipe lima says how.',
    );
  if (architecture !== 'x64')
    return problem(
      what,
      `It is made for x86-64 processors, and this one is ${architecture}.`,
      'Use Lima or Multipass instead: labpath lab recipe lima says how.',
    );
  if (missing.length === 0) return null;
  const packages = [...new Set(missing.map((tool) => needed[tool]))];
  const [are, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return problem(
    what,
    `${missing.join(', ')} ${are} not installed.`,
    family === 'debian'
      ? `Install ${them}: ${installLine(family, packages)}`
      : `Install ${them} with your package manager (Debian calls the packages ${packages.join(', ')}).`,
  );
}
