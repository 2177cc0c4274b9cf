import { problem, ProblemError } from '../base/problem';

/** The machine meant when none is named. */
export const defaultMachine = 'lab';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The files a machine keeps in its folder. Absolute paths. */
export interface MachineFiles {
  readonly folder: string;
  /** The MachineRecord, only while the machine runs. */
  readonly record: string;
  /** The AdoptedMachine, while a host of the user is the machine of this name. */
  readonly adopted: string;
  /** Held while the machine is started or stopped. */
  readonly lock: string;
  /** The port of the last time, taken again when it is free. */
  readonly port: string;
  /** What the server, the sandbox's start and sshd said. */
  readonly log: string;
  readonly sshConfig: string;
  readonly knownHosts: string;
  readonly userKey: string;
  /** What a virtual machine takes over as it boots: keys, name, networks. */
  readonly seed: string;
  /** Private host keys; each public half stands beside it as `.pub`. */
  readonly hostKeys: readonly string[];
}

/**
 * The folder of a machine: `$XDG_STATE_HOME/labpath/<name>`, by default under `~/.local/state`
 * (XDG Base Directory Specification: a relative path there is ignored).
 *
 * @throws ProblemError for a name that is no machine name, or when no home folder is known.
 */
export function machineFolder(name: string, env: Environment): string {
  if (!isMachineName(name))
    throw new ProblemError(
      problem(
        `“${name}” cannot be the name of a lab machine.`,
        'The name becomes a folder, a host name and an ssh alias.',
        'Use up to 32 lower-case letters, digits and hyphens, with a letter or digit first.',
      ),
    );
  return `${machinesFolder(env)}/${name}`;
}

/** Holds the folders of all machines. */
export function machinesFolder(env: Environment): string {
  return `${stateHome(env)}/labpath`;
}

export function isMachineName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,31}$/.test(name);
}

export function machineFiles(name: string, env: Environment): MachineFiles {
  const folder = machineFolder(name, env);
  return {
    folder,
    record: `${folder}/machine.json`,
    adopted: `${folder}/adopted.json`,
    // Beside the folder, which goes away while the lock is held.
    lock: `${machinesFolder(env)}/.${name}.lock`,
    port: `${folder}/port`,
    log: `${folder}/machine.log`,
    sshConfig: `${folder}/ssh_config`,
    knownHosts: `${folder}/known_hosts`,
    userKey: `${folder}/id_ecdsa`,
    seed: `${folder}/seed.tar`,
    hostKeys: [`${folder}/ssh_host_ed25519_key`, `${folder}/ssh_host_ecdsa_key`],
  };
}

/** `$XDG_CACHE_HOME`, by default `~/.cache`. */
export function cacheHome(env: Environment): string {
  return baseFolder(env, 'XDG_CACHE_HOME', '.cache');
}

function stateHome(env: Environment): string {
  return baseFolder(env, 'XDG_STATE_HOME', '.local/state');
}

function baseFolder(env: Environment, variable: 'XDG_STATE_HOME' | 'XDG_CACHE_HOME', inHome: string): string {
  const own = env[variable];
  if (own?.startsWith('/')) return own.replace(/\/+$/, '');
  if (env.HOME) return `${env.HOME.replace(/\/+$/, '')}/${inHome}`;
  throw new ProblemError(
    problem(
      'There is no place for the files of the lab machine.',
      `Neither ${variable} nor HOME is set.`,
      'Set HOME to your home folder.',
    ),
  );
}
