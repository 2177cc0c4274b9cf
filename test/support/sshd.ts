import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const sshdPath = '/usr/sbin/sshd';

/** Why no SSH server can be started here, or null when one can. */
function sshdMissing(): string | null {
  if (!existsSync(sshdPath)) return `${sshdPath} is missing: install openssh-server to run these tests.`;
  return null;
}

/** Since 9.8 a server turns away for a while who has left it several times before logging in, as tests of trust do. */
function punishes(): boolean {
  const [, major = '0', minor = '0'] =
    /OpenSSH_(\d+)\.(\d+)/.exec(spawnSync('ssh', ['-V'], { encoding: 'utf8' }).stderr) ?? [];
  return Number(major) > 9 || (Number(major) === 9 && Number(minor) >= 8);
}

export type HostKeyType = 'ed25519' | 'rsa' | 'ecdsa';

export interface SshdOptions {
  /** All three when absent. */
  readonly hostKeys?: readonly HostKeyType[];
  /** Further lines of sshd_config. */
  readonly config?: readonly string[];
  /** Lets an ordinary user in, made for this server alone; only when root runs the tests (see `ordinaryUserMissing`). */
  readonly ordinary?: boolean;
  /** A network namespace for it to listen in; the test reaches it by its own means. */
  readonly netns?: string;
  /** The port of a server that was stopped, to take its place. */
  readonly port?: number;
}

/** A real OpenSSH server on loopback that lets the current user in with one key. */
export interface TestSshd {
  readonly dir: string;
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  /** Holds the server's keys under `[127.0.0.1]:port`. */
  readonly knownHostsFile: string;
  readonly authorizedKeysFile: string;
  /** Process id of the listening server. */
  readonly pid: number;
  /** The public key in known_hosts form: type and base64. */
  hostKey(type: HostKeyType): string;
  /** Ends the server and the connections it serves, and removes its files. */
  stop(): Promise<void>;
}

export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
  const missing = sshdMissing();
  if (missing !== null) throw new Error(missing);
  const hostKeys = options.hostKeys ?? ['ed25519', 'rsa', 'ecdsa'];
  const dir = mkdtempSync(join(tmpdir(), 'labpath-sshd-'));
  const port = options.port ?? (await freePort());
  // Debian's sshd wants its privilege separation directory when it runs as root.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  for (const type of hostKeys) makeKey(join(dir, `host_${type}`), type);
  const identityFile = join(dir, 'id_ed25519');
  makeKey(identityFile, 'ed25519');
  const authorizedKeysFile = join(dir, 'authorized_keys');
  writeFileSync(authorizedKeysFile, readFileSync(`${identityFile}.pub`), { mode: 0o644 });
  const configFile = join(dir, 'sshd_config');
  writeFileSync(
    configFile,
    [
      ...(options.config ?? []), // sshd takes the first value of a keyword
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      ...hostKeys.map((type) => `HostKey ${join(dir, `host_${type}`)}`),
      `AuthorizedKeysFile ${authorizedKeysFile}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin yes',
      `PidFile ${join(dir, 'pid')}`,
      'MaxStartups 100:30:200',
      ...(punishes() ? ['PerSourcePenalties no'] : []),
      'PrintMotd no',
      '',
    ].join('\n'),
  );
  const sshdArgs = ['-D', '-e', '-f', configFile];
  const [command = sshdPath, ...args] = [
    ...(options.netns === undefined ? [] : ['ip', 'netns', 'exec', options.netns]),
    ...(options.ordinary === true
      ? [...knowingOrdinaryUser(dir).command, sshdPath, ...sshdArgs]
      : startCommand(dir, sshdArgs)),
  ];
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (bytes: Buffer) => (log += bytes.toString()));
  await listening(server, () => log);

  const hostKey = (type: HostKeyType): string =>
    readFileSync(join(dir, `host_${type}.pub`), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ');
  const knownHostsFile = join(dir, 'known_hosts');
  writeFileSync(knownHostsFile, hostKeys.map((type) => `[127.0.0.1]:${port} ${hostKey(type)}\n`).join(''));
  return {
    dir,
    port,
    user: options.ordinary === true ? ordinaryUser.name : userInfo().username,
    identityFile,
    knownHostsFile,
    authorizedKeysFile,
    pid: server.pid ?? 0,
    hostKey,
    async stop() {
      killConnections(server.pid ?? 0);
      if (server.exitCode === null && server.signalCode === null) {
        const gone = new Promise((resolve) => server.once('exit', resolve));
        server.kill('SIGKILL');
        await gone;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Process ids of the processes that serve single connections, or of anything else below `pid`. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/**
 * Ends the connections of a server at once. The process that speaks for a user is a child of the one that watches over
 * it, and may outlive it.
 */
export function killConnections(pid: number): void {
  for (const watcher of childrenOf(pid)) {
    const speakers = childrenOf(watcher).filter(isSshd);
    kill(watcher);
    speakers.forEach(kill);
  }
}

function isSshd(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('sshd');
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

export function makeKey(file: string, type: HostKeyType, passphrase = ''): void {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'labpath-test', '-f', file]);
}

/**
 * sshd gives a terminal to the group `tty`. Where the terminals' file system does not do that by itself (no gid= option,
 * as in some virtual machines), only root may; an ordinary user's sshd then runs with a group file that calls the user's
 * own group `tty`, in a mount namespace of its own.
 */
function startCommand(dir: string, args: readonly string[]): string[] {
  const { uid, gid } = userInfo();
  const terminals = /^devpts \/dev\/pts .*$/m.exec(readFileSync('/proc/mounts', 'utf8'))?.[0] ?? '';
  if (uid === 0 || /\bgid=/.test(terminals)) return [sshdPath, ...args];
  const groups = readFileSync('/etc/group', 'utf8').replace(/^tty:.*$/m, `tty:x:${gid}:`);
  writeFileSync(join(dir, 'group'), groups);
  const script =
    'mount --bind "$0/group" /etc/group && exec unshare --user --map-user="$1" --map-group="$2" "${@:3}"';
  const inside = ['bash', '-c', script, dir, String(uid), String(gid), sshdPath, ...args];
  return ['unshare', '--user', '--map-root-user', '--mount', ...inside];
}

/** Known to one server only: its accounts file lies over the machine's in a mount namespace of its own. */
export const ordinaryUser = { name: 'labpath-ordinary', id: 54_321, password: 'open sesame 7' };

/** Why no server can let in an ordinary user, or null when one can. */
export function ordinaryUserMissing(): string | null {
  if (userInfo().uid !== 0) return 'the tests run as one already';
  const { status, stderr } = spawnSync('unshare', ['--mount', 'mount', '--bind', '/etc', '/etc'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : `no mount namespace can be made: ${stderr}`;
}

/** Runs a server that knows the user; `folder` gets the user's accounts files and home. */
export function knowingOrdinaryUser(folder: string): {
  user: string;
  id: number;
  home: string;
  command: readonly string[];
} {
  const { name, id } = ordinaryUser;
  const home = join(folder, 'home');
  mkdirSync(home);
  chownSync(home, id, id);
  // sshd reads the keys as the user who logs in.
  chmodSync(folder, 0o755);
  writeFileSync(
    join(folder, 'passwd'),
    `${readFileSync('/etc/passwd', 'utf8')}${name}:x:${id}:${id}::${home}:/bin/bash\n`,
  );
  writeFileSync(join(folder, 'group'), `${readFileSync('/etc/group', 'utf8')}${name}:x:${id}:\n`);
  const hash = execFileSync('openssl', ['passwd', '-6', ordinaryUser.password], { encoding: 'utf8' }).trim();
  const secret = { mode: 0o600 };
  writeFileSync(
    join(folder, 'shadow'),
    `${readFileSync('/etc/shadow', 'utf8')}${name}:${hash}:19000:0:99999:7:::\n`,
    secret,
  );
  const files = ['passwd', 'group', 'shadow'];
  if (existsSync('/etc/sudoers')) {
    writeFileSync(join(folder, 'sudoers'), `root ALL=(ALL:ALL) ALL\n${name} ALL=(ALL:ALL) ALL\n`, secret);
    chmodSync(join(folder, 'sudoers'), 0o440);
    files.push('sudoers');
  }
  const script = `for f in ${files.join(' ')}; do mount --bind "$0/$f" /etc/$f || exit; done; exec "$@"`;
  return { user: name, id, home, command: ['unshare', '--mount', 'bash', '-c', script, folder] };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function listening(server: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (server.exitCode !== null) throw new Error(`sshd ended with ${server.exitCode}: ${log()}`);
    if (/^Server listening on /m.test(log())) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`sshd does not listen: ${log()}`);
}
