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
  // Read whole before it runs, so that no command of it reads the rest of it.
  const asRoot =
    'script=$(cat); if [ "$(id -u)" = 0 ]; then exec bash -c "$script"; else exec sudo -n bash -c "$script"; fi </dev/null';
  const child = spawn(ssh, [...target, asRoot], { stdio: 'pipe' });
  child.stdin.on('error', () => undefined);
  child.stdin.end(script);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => onOutput(text));
  const [status] = (await once(child, 'close')) as [number | null];
  return status;
}
