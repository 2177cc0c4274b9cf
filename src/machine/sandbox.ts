import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import initScript from './init.bash';
import type { HostTools } from './hostTools';
import type { IdMaps } from './hostFacts';
import { noRc, openUserNamespace, StepError } from './userNamespace';

const patienceMs = 20_000;
/** How long a sandbox may take to end by itself before its first process is killed. */
const stopPatienceMs = 2_000;

export interface SandboxOptions {
  readonly hostname: string;
  readonly tools: HostTools;
  readonly maps: IdMaps;
  /** Files for /etc/ssh inside, by name. */
  readonly files: Readonly<Record<string, Buffer | string>>;
  /** Takes what the sandbox's programs say, as it comes. */
  readonly log: (text: string) => void;
}

export interface Sandbox {
  /** Process 1 of the sandbox, as the host sees it. */
  readonly pid: number;
  /** Settles when the sandbox is gone, with everything that ran in it. */
  readonly ended: Promise<void>;
  /** Starts a program inside as root, with nothing of this process's environment. */
  spawn(command: readonly string[], stdio: StdioOptions): ChildProcess;
  /** Hands a connection to an sshd of its own inside, and lets go of it here. */
  serveSsh(connection: Socket): void;
  /** Ends everything inside; resolves when nothing of it is left. */
  stop(): Promise<void>;
}

/**
 * Builds the namespaces, lets `init.bash` make a Linux of them and gives the way in. The sandbox cannot outlive this
 * process: its process 1 waits on a pipe that closes when this process ends, in whatever way.
 *
 * @throws StepError for the step the system refused.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const tool = (name: keyof HostTools['found']) => options.tools.found[name] ?? name;
  const { newuidmap, newgidmap } = options.tools.found;
  const namespace = await openUserNamespace(
    {
      unshare: tool('unshare'),
      bash: tool('bash'),
      mappers: newuidmap && newgidmap ? { newuidmap, newgidmap } : null,
    },
    options.maps.uids ?? [],
    options.maps.gids ?? [],
  );
  const init = spawn(
    tool('nsenter'),
    [
      ...['--user', '--target', String(namespace.pid), '--'],
      ...[
        tool('unshare'),
        '--mount',
        '--net',
        '--pid',
        '--ipc',
        '--uts',
        '--cgroup',
        '--fork',
        '--kill-child',
      ],
      ...[tool('bash'), ...noRc, '-c', initScript, 'labpath-init', options.hostname],
    ],
    { stdio: 'pipe', cwd: '/', env: cleanEnvironment },
  );
  const closed = once(init, 'close').then(() => undefined);
  init.stdin.on('error', () => undefined);
  for (const [name, content] of Object.entries(options.files))
    init.stdin.write(`${name} ${Buffer.from(content).toString('base64')}\n`);
  init.stdin.write('go\n');
  let pid: number;
  try {
    pid = await untilReady(init, closed, options.log);
  } catch (error) {
    init.stdin.end();
    init.kill('SIGKILL');
    throw error;
  } finally {
    namespace.release();
  }
  const inside = new Set<ChildProcess>();

  const enter = (command: readonly string[], stdio: StdioOptions) => {
    const into = ['--user', '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup'];
    const child = spawn(tool('nsenter'), ['--target', String(pid), ...into, '--', ...command], {
      stdio,
      cwd: '/',
      env: cleanEnvironment,
    });
    inside.add(child);
    child.on('error', (error) => options.log(`${error.message}\n`));
    child.on('close', () => inside.delete(child));
    return child;
  };

  return {
    pid,
    ended: closed,
    spawn: enter,
    serveSsh(connection) {
      const sshd = enter(
        [tool('sshd'), '-i', '-e', '-f', '/etc/ssh/sshd_config'],
        [connection, connection, 'pipe'],
      );
      sshd.stderr?.on('data', (data: Buffer) => options.log(data.toString()));
      // sshd has the connection now; ours would keep it open after sshd has ended.
      sshd.once('spawn', () => connection.destroy());
      sshd.once('error', () => connection.destroy());
    },
    async stop() {
      init.stdin.end();
      // Killing `unshare` kills process 1 (--kill-child), should it not have seen its pipe close.
      const killing = setTimeout(() => init.kill('SIGKILL'), stopPatienceMs);
      await closed;
      clearTimeout(killing);
      await Promise.all([...inside].map((child) => once(child, 'close')));
    },
  };
}

const cleanEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
};

/** Follows what `init.bash` says until it is ready; gives its process id on the host. */
async function untilReady(
  init: ChildProcess,
  closed: Promise<void>,
  log: (text: string) => void,
): Promise<number> {
  let pid = 0;
  let step = 'to start its first process';
  let said = '';
  init.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-4096);
    log(data.toString());
  });
  const ready = new Promise<boolean>((resolve) => {
    if (init.stdout === null) return;
    createInterface({ input: init.stdout }).on('line', (line) => {
      const [word, ...rest] = line.split(' ');
      if (word === 'pid') pid = Number(rest[0]);
      else if (word === 'failed') step = rest.join(' ');
      else if (word === 'ready') resolve(true);
    });
  });
  const timer = new AbortController();
  const tooLong = new Promise<boolean>((resolve) => {
    const timeout = setTimeout(() => {
      said = `it was not done after ${patienceMs / 1000} s`;
      resolve(false);
    }, patienceMs);
    timer.signal.addEventListener('abort', () => clearTimeout(timeout));
  });
  const isReady = await Promise.race([ready, closed.then(() => false), tooLong]);
  timer.abort();
  if (!isReady || pid === 0) throw new StepError({ step, detail: said });
  return pid;
}
