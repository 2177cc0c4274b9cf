import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import type { Environment } from './folder';

/** Takes both streams of a script, as they come. */
export type OnOutput = (text: string) => void;

/**
 * Runs a bash script over ssh(1) as root, or through a sudo that asks for no password.
 *
 * @param target from `sshTarget` or `sshWords`
 * @returns the exit status, 255 when ssh itself failed; null when a signal ended it or it could not be started, which is
 *   said in the output
 */
export function runRootScript(
  script: string,
  target: readonly string[],
  env: Environment,
  onOutput: OnOutput,
): Promise<number | null> {
  // Read whole before it runs, so that no command of it reads the rest of it.
  const asRoot =
    'script=$(cat); if [ "$(id -u)" = 0 ]; then exec bash -c "$script"; else exec sudo -n bash -c "$script"; fi </dev/null';
  return follow(['ssh', ...target, asRoot], script, env, onOutput);
}

/** The same on this computer. */
export function runRootScriptHere(
  script: string,
  env: Environment,
  onOutput: OnOutput,
): Promise<number | null> {
  const bash = ['bash', '-c', script];
  return follow(process.getuid?.() === 0 ? bash : ['sudo', '-n', ...bash], '', env, onOutput);
}

async function follow(
  [program = '', ...args]: readonly string[],
  input: string,
  env: Environment,
  onOutput: OnOutput,
): Promise<number | null> {
  const child = spawn(program, args, { stdio: 'pipe', env: { ...env } });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput);
  try {
    const [status] = (await once(child, 'close')) as [number | null];
    return status;
  } catch (error) {
    onOutput(`${program} could not be started: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}
