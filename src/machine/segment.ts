import type { Buffer } from 'node:buffer';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { Node } from './nodes';
import { noRc, StepError } from './userNamespace';

const run = promisify(execFile);

/** A private network that joins sandboxes of one user namespace: a bridge in a network namespace of its own. */
export interface Segment {
  /** Gives a sandbox, by its process 1, an `eth0` on the segment. */
  plugIn(node: Node, pid: number): Promise<void>;
  close(): void;
}

export interface SegmentTools {
  readonly nsenter: string;
  readonly unshare: string;
  readonly bash: string;
  readonly ip: string;
}

/**
 * Opens a segment; it lasts while this process does, or until it is closed.
 *
 * @throws StepError
 */
export async function openSegment(tools: SegmentTools, userNamespaceOf: number): Promise<Segment> {
  const { nsenter, unshare, bash, ip } = tools;
  const enter = ['--user', '--target', String(userNamespaceOf), '--', unshare, '--net'];
  const script = '"$1" link add segment type bridge && "$1" link set segment up && echo open && read -r';
  const holder = spawn(nsenter, [...enter, bash, ...noRc, '-c', script, 'segment', ip], {
    stdio: 'pipe',
    cwd: '/',
    env: {},
  });
  let detail = '';
  holder.stderr.on('data', (data: Buffer) => (detail += data.toString()));
  holder.stdin.on('error', () => undefined);
  const opened = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    once(holder, 'close').then(() => false),
  ]);
  if (!opened) throw new StepError({ step: 'to make a network between the nodes', detail });
  let ports = 0;
  const at = (pid: number, ...command: string[]) =>
    run(nsenter, ['--target', String(pid), '--user', '--net', '--', ip, ...command]);
  return {
    async plugIn({ address }, pid) {
      const port = `port${++ports}`;
      const holding = holder.pid ?? 0;
      await at(holding, 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid));
      await at(holding, 'link', 'set', port, 'master', 'segment', 'up');
      await at(pid, 'address', 'add', address, 'dev', 'eth0');
      await at(pid, 'link', 'set', 'eth0', 'up');
    },
    close: () => holder.stdin.end(),
  };
}
