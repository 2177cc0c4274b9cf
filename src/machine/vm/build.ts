import { Buffer } from 'node:buffer';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { problem, ProblemError } from '../../base/problem';
import type { Environment } from '../folder';
import { idMaps } from '../hostFacts';
import { searchPath } from '../hostTools';
import { labPackages } from '../tools';
import { noRc, openUserNamespace, type UserNamespace } from '../userNamespace';
import customizeScript from './customize.bash';
import guestScript from './guest.bash';
import packScript from './pack.bash';
import { findVmTools } from './vmTools';

const suite = 'bookworm';
const diskSize = '8G';

/** What makes a Debian of the labs' tools a machine of its own. */
const system = [
  'systemd',
  'systemd-sysv',
  'udev',
  'dbus',
  'kmod',
  'initramfs-tools',
  'linux-image-cloud-amd64',
  'openssh-client',
  'sudo',
  'bash-completion',
  'gcc-bpf',
  'libbpf-dev',
];

/** Everything an image is made of: two equal recipes give images that serve the same labs. */
export function recipe(): string {
  return JSON.stringify([suite, diskSize, packages(), customizeScript, guestScript, packScript]);
}

function packages(): readonly string[] {
  return [...new Set([...system, ...labPackages('debian')])];
}

/** What mmdebstrap says when it begins a part, and what to tell the user then. */
const parts: readonly (readonly [RegExp, string])[] = [
  [/running apt-get update/, 'Asking Debian for its list of packages …'],
  [/downloading packages/, 'Fetching the base system …'],
  [/installing essential packages/, 'Installing the base system …'],
  [/installing remaining packages/, 'Fetching and installing the kernel and the tools; this takes longest …'],
  [/running --customize-hook/, 'Setting the machine up …'],
  [/creating tarball/, 'Writing its disk …'],
];

/**
 * Makes disk.img, kernel and initrd in a folder from Debian's packages. As an ordinary user it works in a user
 * namespace (mmdebstrap's unshare mode), as root without.
 *
 * @throws ProblemError
 */
export async function buildImage(
  folder: string,
  env: Environment,
  onProgress: (sentence: string) => void,
): Promise<void> {
  const tools = await findVmTools(env);
  const programs = { ...env, PATH: searchPath(env).join(':'), LC_ALL: 'C.UTF-8' };
  onProgress('Building the virtual machine from Debian’s packages; only the first start needs this.');
  const asRoot = process.getuid?.() === 0;
  const namespace = asRoot ? null : await lendIds(env);
  try {
    const debian = spawn(tools.mmdebstrap, debianArguments(), {
      env: programs,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const enter =
      namespace === null
        ? []
        : [tools.nsenter, '--user', '--target', String(namespace.pid), '--preserve-credentials', '--'];
    const [program = tools.bash, ...args] = [...enter, tools.bash, ...noRc, '-c', packScript, 'pack'];
    const pack = spawn(program, [...args, folder, diskSize], {
      env: programs,
      cwd: '/',
      stdio: [debian.stdout, 'ignore', 'pipe'],
    });
    // The packing program reads it; a second reader would hold the pipe open, or take bytes away.
    debian.stdout.destroy();
    const [made, packed] = await Promise.all([
      outcome(debian, debian.stderr, onProgress),
      outcome(pack, pack.stderr, () => undefined),
    ]);
    // When packing fails, mmdebstrap only says that nobody reads what it writes.
    if (packed !== null) throw failed('its disk could not be made', packed);
    if (made !== null) throw failed('mmdebstrap failed', made);
  } finally {
    namespace?.release();
  }
}

async function lendIds(env: Environment): Promise<UserNamespace> {
  const tools = await findVmTools(env);
  const { uids, gids } = await idMaps();
  const { newuidmap, newgidmap } = tools;
  return openUserNamespace(
    { unshare: tools.unshare, bash: tools.bash, mappers: { newuidmap, newgidmap } },
    uids ?? [],
    gids ?? [],
  );
}

function debianArguments(): readonly string[] {
  const inside = (script: string) => `echo ${base64(script)} | base64 -d | chroot "$1" bash`;
  return [
    '--variant=minbase',
    `--include=${packages().join(',')}`,
    '--aptopt=APT::Install-Recommends "false"',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/locale/*',
    // The kernel's package makes an initrd as it is installed: of the drivers of the disk alone it is small, and read fast.
    '--essential-hook=mkdir -p "$1/usr/share/initramfs-tools/modules.d" "$1/etc/initramfs-tools/conf.d"',
    '--essential-hook=printf "MODULES=list\\nCOMPRESS=gzip\\n" >"$1/etc/initramfs-tools/conf.d/labpath"',
    '--essential-hook=printf "virtio_pci\\nvirtio_blk\\n" >"$1/usr/share/initramfs-tools/modules.d/labpath"',
    '--customize-hook=mkdir -p "$1/usr/local/lib/labpath"',
    `--customize-hook=echo ${base64(guestScript)} | base64 -d >"$1/usr/local/lib/labpath/guest"`,
    '--customize-hook=chmod 0755 "$1/usr/local/lib/labpath/guest"',
    `--customize-hook=${inside(customizeScript)}`,
    '--format=tar',
    suite,
    '-',
  ];
}

/** Null for success, else the last lines the program wrote. */
async function outcome(
  child: ChildProcess,
  stderr: Readable,
  onProgress: (sentence: string) => void,
): Promise<string | null> {
  const last: string[] = [];
  createInterface({ input: stderr }).on('line', (line) => {
    last.push(line);
    if (last.length > 5) last.shift();
    const part = parts.find(([pattern]) => pattern.test(line));
    if (part !== undefined) onProgress(part[1]);
  });
  // Not `close`: that waits for the end of a pipe whose other end is another program's by now.
  const [status] = (await once(child, 'exit').catch((error: unknown) => [String(error)])) as [unknown];
  return status === 0 ? null : last.join(' ') || String(status);
}

function failed(what: string, said: string): ProblemError {
  return new ProblemError(
    problem(
      `The virtual machine could not be built: ${what}.`,
      `The last it said: ${said.trim().replace(/\.$/, '')}.`,
      'Check that deb.debian.org can be reached and that 4 GB are free, then try again.',
    ),
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
