import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Environment } from './folder';
import { findProgram, searchPath } from './hostTools';

/**
 * Runs a bash script over ssh(1) as root, or through a sudo that asks for no password.
 *
 * @param target from `sshTarget` or `sshWords`
 * @param onOutput takes both streams, as they come
 * @returns the exit status, 255 when ssh itself failed; null when a signal ended it
 */
export async function runRootScript(
  script: string,
  target: readonly string[],
  env: Environment,
  onOutput: (text: string) => void,
): Promise<number | null> {
  const ssh = (await findProgram('ssh', searchPath(env))) ?? 'ssh';
  const asRoot = 'if [ "$(id -u)" = 0 ]; then exec bash -s; else exec sudo -n bash -s; fi';
  const child = spawn(ssh, [...target, asRoot], { stdio: 'pipe' });
  child.stdin.on('error', () => undefined);
  child.stdin.end(script);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => onOutput(text));
  const [status] = (await once(child, 'close')) as [number | null];
  return status;
}
