import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import { clearTimeout, setTimeout } from 'node:timers';
import type { Confinement } from './confinement';
import initScript from './init.bash';
import { noRc, StepError } from './userNamespace';

const patienceMs = 20_000;

/** What every program inside starts with; nothing comes from the environment of the host's process. */
export const cleanEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
} as const;

export interface InitOptions {
  /** Absolute paths of the host's programs. */
  readonly tools: { readonly nsenter: string; readonly unshare: string; readonly bash: string };
  /** A process in the user namespace to start in. */
  readonly userNamespaceOf: number;
  readonly hostname: string;
  /** Lines for /etc/hosts inside. */
  readonly hosts: string;
  /** Bytes of its root folder. */
  readonly disk: number;
  readonly confinement: Confinement;
  /** Files for /etc/ssh inside, by name. */
  readonly files: Readonly<Record<string, Buffer | string>>;
  readonly log: (text: string) => void;
}

/** Process 1 of a sandbox, with the sandbox built. */
export interface Init {
  /** As the host sees it. */
  readonly pid: number;
  /** Settles when process 1 is gone, and everything in the sandbox with it. */
  readonly ended: Promise<void>;
  /** Lets process 1 end by itself, by closing the pipe it waits on. */
  release(): void;
  kill(): void;
}

/**
 * Starts `init.bash` in fresh namespaces and waits until it has built the sandbox.
 *
 * @throws StepError for the step the system refused.
 */
export async function startInit(options: InitOptions): Promise<Init> {
  const { nsenter, unshare, bash } = options.tools;
  const namespaces = ['--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup', '--fork', '--kill-child'];
  // The script comes through a pipe: as an argument, the host's process list would show all of it.
  const readScript = ['-c', 'eval "$(cat <&3)" 3<&-', 'labpath-init'];
  const about = [options.hostname, String(Math.floor(options.disk / 1024)), options.hosts];
  const [program = nsenter, ...args] = options.confinement.wrap([
    ...[nsenter, '--user', '--target', String(options.userNamespaceOf), '--'],
    ...[unshare, ...namespaces, bash, ...noRc, ...readScript, ...about],
  ]);
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    cwd: '/',
    env: cleanEnvironment,
  });
  const ended = once(child, 'close').then(() => undefined);
  const [stdin, stdout, stderr, script] = child.stdio;
  for (const pipe of [stdin, script]) pipe?.on('error', () => undefined);
  if (script instanceof Writable) script.end(initScript);
  for (const [name, content] of Object.entries(options.files))
    stdin?.write(`${name} ${Buffer.from(content).toString('base64')}\n`);
  stdin?.write('go\n');
  try {
    const pid = await untilReady(stdout, stderr, ended, options.log);
    return { pid, ended, release: () => stdin?.end(), kill: () => child.kill('SIGKILL') };
  } catch (error) {
    stdin?.end();
    child.kill('SIGKILL');
    throw error;
  }
}

/** Follows what `init.bash` says until it is ready; gives its process id on the host. */
async function untilReady(
  stdout: Readable | null,
  stderr: Readable | null,
  ended: Promise<void>,
  log: (text: string) => void,
): Promise<number> {
  let pid = 0;
  let step = 'to start its first process';
  let said = '';
  stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-4096);
    log(data.toString());
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isReady = await Promise.race([
    new Promise<boolean>((resolve) => {
      if (stdout === null) return;
      createInterface({ input: stdout }).on('line', (line) => {
        const [word, ...rest] = line.split(' ');
        if (word === 'pid') pid = Number(rest[0]);
        else if (word === 'failed') step = rest.join(' ');
        else if (word === 'ready') resolve(true);
      });
    }),
    ended.then(() => false),
    new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        said = `it was not done after ${patienceMs / 1000} s`;
        resolve(false);
      }, patienceMs);
    }),
  ]);
  clearTimeout(timer);
  if (!isReady || pid === 0) throw new StepError({ step, detail: said });
  return pid;
}
