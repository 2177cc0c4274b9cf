/** Plain OpenSSH to the bench's server, and cells in a session on it. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunRequest, Session } from '../../src/runs/contract';
import type { TestSshd } from '../../test/support/sshd';

const run = promisify(execFile);

/** The words before the destination. `port`: another than the server's own, on the way through a proxy. */
export function sshArguments(sshd: TestSshd, port: number = sshd.port): string[] {
  return [
    '-F', 'none', '-p', String(port), '-l', sshd.user, '-i', sshd.identityFile,
    '-o', `UserKnownHostsFile=${sshd.knownHostsFile}`, '-o', `HostKeyAlias=[127.0.0.1]:${sshd.port}`,
    '-o', 'BatchMode=yes', '-o', 'IdentityAgent=none',
  ]; // prettier-ignore
}

export function ssh(args: readonly string[], command: string): Promise<unknown> {
  return run('ssh', [...args, '127.0.0.1', command]);
}

/** A connection that later calls with these arguments share; `close` ends it. */
export async function controlMaster(
  args: readonly string[],
  socket: string,
): Promise<{ args: string[]; close: () => Promise<unknown> }> {
  const shared = [...args, '-o', `ControlPath=${socket}`];
  await run('ssh', [
    ...shared,
    '-o',
    'ControlMaster=yes',
    '-o',
    'ControlPersist=600',
    '-f',
    '-N',
    '127.0.0.1',
  ]);
  return { args: shared, close: () => run('ssh', [...shared, '-O', 'exit', '127.0.0.1']) };
}

/** Reads all that a command prints over ssh, and forgets it. */
export async function drainSsh(args: readonly string[], command: string, stdin = ''): Promise<number> {
  const child = spawn('ssh', [...args, '127.0.0.1', command], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.end(stdin);
  let bytes = 0;
  child.stdout.on('data', (chunk: Uint8Array) => (bytes += chunk.length));
  await new Promise((resolve) => child.on('close', resolve));
  return bytes;
}

/** The same from a cell. Throws when it does not end with 0. */
export async function drain(
  session: Session,
  source: string,
  how: Omit<RunRequest, 'source'> = {},
  seen: () => void = () => undefined,
): Promise<number> {
  let bytes = 0;
  for await (const event of session.run({ source, ...how })) {
    if (event.type === 'output') bytes += event.bytes.length;
    seen();
    if (event.type === 'lost') throw new Error(event.problem.what);
    if (event.type === 'status' && event.exitStatus !== 0)
      throw new Error(`It ended with ${event.exitStatus}.`);
  }
  return bytes;
}
