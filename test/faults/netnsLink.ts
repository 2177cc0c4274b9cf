import { spawn, spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { startSshd, type TestSshd } from '../support/sshd';

/** An SSH server in a network namespace, reached by real TCP there, whose packets can be dropped. */
export interface NetnsLink {
  readonly sshd: TestSshd;
  /** The port on this side. */
  readonly port: number;
  /** Packets are dropped, both ways and without a word, until `heal`. */
  drop(): void;
  heal(): void;
  stop(): Promise<void>;
}

const name = `labpath-hole-${process.pid}`;

function inside(...command: string[]): string {
  const { status, stderr, error } = spawnSync('ip', ['netns', 'exec', name, ...command], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : (error?.message ?? stderr) || `${command.join(' ')} failed`;
}

const rule = ['INPUT', '-p', 'tcp', '-j', 'DROP'];

/** The namespace, or why none can be had. */
export function makeNamespace(): string {
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (made.status !== 0) return made.error?.message ?? made.stderr;
  return (
    inside('ip', 'link', 'set', 'lo', 'up') ||
    inside('iptables', '-A', ...rule) ||
    inside('iptables', '-D', ...rule)
  );
}

export function removeNamespace(): void {
  spawnSync('ip', ['netns', 'delete', name]);
}

export async function startLink(): Promise<NetnsLink> {
  const sshd = await startSshd({ netns: name });
  const far = `exec 3<>/dev/tcp/127.0.0.1/${sshd.port} || exit; cat <&3 & cat >&3; kill $!`;
  const near = createServer((socket) => {
    const bridge = spawn('ip', ['netns', 'exec', name, 'bash', '-c', far], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    socket.pipe(bridge.stdin);
    bridge.stdout.pipe(socket);
    socket.on('error', () => bridge.kill());
    socket.on('close', () => bridge.kill());
    bridge.stdin.on('error', () => socket.destroy());
    bridge.on('close', () => socket.destroy());
  });
  await new Promise<void>((resolve) => near.listen(0, '127.0.0.1', resolve));
  return {
    sshd,
    port: (near.address() as AddressInfo).port,
    drop: () => void inside('iptables', '-A', ...rule),
    heal: () => void inside('iptables', '-D', ...rule),
    async stop() {
      near.close();
      await sshd.stop();
    },
  };
}
