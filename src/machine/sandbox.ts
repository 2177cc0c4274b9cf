import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { Buffer } from 'node:buffer';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { clearTimeout, setTimeout } from 'node:timers';
import { confine } from './confinement';
import type { HostTools } from './hostTools';
import { cleanEnvironment, startInit } from './init';
import type { Limits } from './limits';

/** How long a sandbox may take to end by itself before its first process is killed. */
const stopPatienceMs = 2_000;

export interface SandboxOptions {
  readonly hostname: string;
  /** Lines for /etc/hosts inside. */
  readonly hosts: string;
  readonly tools: HostTools;
  /** A process in the user namespace the sandbox lives in; it may end once the sandbox has started. */
  readonly userNamespaceOf: number;
  readonly limits: Limits;
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
  const { found } = options.tools;
  const { nsenter = 'nsenter', unshare = 'unshare', bash = 'bash', sshd = 'sshd' } = found;
  const { prlimit = 'prlimit' } = found;
  const { hostname, hosts, files, log, limits, userNamespaceOf } = options;
  const confinement = await confine(hostname, limits, { prlimit, bash });
  log(`Limits of ${hostname}: ${confinement.description}\n`);
  const init = await startInit({
    ...{ hostname, hosts, files, log, userNamespaceOf, confinement },
    tools: { nsenter, unshare, bash },
    disk: limits.disk,
  }).catch(async (error: unknown) => {
    await confinement.remove();
    throw error;
  });
  const inside = new Set<ChildProcess>();

  const enter = (command: readonly string[], stdio: StdioOptions) => {
    const namespaces = ['--user', '--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup'];
    const entering = [nsenter, '--target', String(init.pid), ...namespaces, '--', ...command];
    const [program = nsenter, ...args] = confinement.wrap(entering);
    const child = spawn(program, args, { stdio, cwd: '/', env: cleanEnvironment });
    inside.add(child);
    child.once('close', () => inside.delete(child));
    return child;
  };

  return {
    pid: init.pid,
    ended: init.ended,
    serveSsh(connection) {
      const command = [sshd, '-i', '-e', '-f', '/etc/ssh/sshd_config'];
      // What sshd says comes through a pipe: root inside could open and fill a log file it was handed.
      const child = enter(command, [connection, connection, 'pipe']);
      child.stderr?.on('data', (data: Buffer) => log(data.toString()));
      // sshd has the connection now; ours would keep it open after sshd has ended.
      child.once('spawn', () => connection.destroy());
      child.once('error', (error) => {
        log(`${error.message}\n`);
        connection.destroy();
      });
    },
    async stop() {
      init.release();
      // Killing `unshare` kills process 1 (--kill-child), should it not have seen its pipe close.
      const killing = setTimeout(() => init.kill(), stopPatienceMs);
      await init.ended;
      clearTimeout(killing);
      await Promise.all([...inside].map((child) => once(child, 'close')));
      await confinement.remove();
    },
  };
}
