import { rm, writeFile } from 'node:fs/promises';
import { problem, ProblemError } from '../base/problem';
import { parseDestination } from '../ssh/hostTarget';
import { machineFiles, type Environment } from './folder';
import { ensureFolder } from './folders';
import { readMachine } from './read';
import { prepare } from './recipes/prepare';
import { runRootScript } from './rootScript';
import type { AdoptedMachine } from './state';

/**
 * The host as ssh takes it (`user@host`, an alias) and its port, from `user@host:port`, `ssh://user@host:port` or an alias.
 *
 * @throws ProblemError for anything else.
 */
export function readDestination(text: string): string {
  const destination = text.replace(/^ssh:\/\//, '').replace(/\/$/, '');
  if (parseDestination(destination) === null)
    throw new ProblemError(
      problem(
        `“${text}” is not a host.`,
        '',
        'Write user@host, user@host:port or an alias of your ssh config.',
      ),
    );
  return destination;
}

/** Makes a host of the user the lab machine of this name, until `lab down` forgets it. Rejects with a ProblemError. */
export async function adopt(name: string, destination: string, env: Environment): Promise<AdoptedMachine> {
  if ((await readMachine(name, env)) !== null)
    throw new ProblemError(
      problem(
        `The lab machine “${name}” runs on this computer.`,
        'There can be one machine of a name.',
        `End it first (labpath lab down), or adopt the host under another name: --name NAME.`,
      ),
    );
  const files = machineFiles(name, env);
  await ensureFolder(files.folder);
  const adopted: AdoptedMachine = { name, kind: 'host', destination, adoptedAt: new Date().toISOString() };
  await writeFile(files.adopted, `${JSON.stringify(adopted, null, 2)}\n`, { mode: 0o600 });
  return adopted;
}

/** Forgets an adopted host; the host itself is left as it is. */
export async function disown(name: string, env: Environment): Promise<void> {
  await rm(machineFiles(name, env).folder, { recursive: true, force: true });
}

/**
 * Installs what the labs call, by the script of `labpath lab recipe prepare`, as root or through sudo. What the script
 * prints goes to `onOutput`.
 *
 * @throws ProblemError when it fails.
 */
export async function prepareHost(
  target: readonly string[],
  env: Environment,
  onOutput: (text: string) => void,
): Promise<void> {
  const status = await runRootScript(prepare(), target, env, onOutput);
  if (status !== 0)
    throw new ProblemError(
      problem(
        'The host could not be prepared.',
        `Its script ended with status ${status ?? 'unknown'}; what it said stands above.`,
        'Log in as root (or as a user whose sudo asks for no password), or run the script there yourself: labpath lab recipe prepare.',
      ),
    );
}
