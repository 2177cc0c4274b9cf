import { problem, ProblemError } from '../base/problem';
import { parseSshConfigAnswer } from './sshConfigAnswer';

/** Everything needed to reach and trust one host. Paths are absolute, `~` is expanded. */
export interface HostTarget {
  /** As the user knows it: `lab`, a host of the settings, an ssh alias, `user@host:port`. */
  readonly name: string;
  /** Host name or IP address to connect to. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly identityFiles: readonly string[];
  /** Socket (or Windows named pipe) of the agent, or null for none. */
  readonly agentSocket: string | null;
  /** In order of search; a newly trusted key is appended to the first. */
  readonly knownHostsFiles: readonly string[];
  /** Name to look up in known_hosts instead of the address (ssh_config HostKeyAlias). */
  readonly hostKeyAlias?: string;
}

/** What a running lab machine says of itself (`machine.json`). */
export interface LabRecord {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  readonly knownHostsFile: string;
}

export interface HostSources {
  /** The running lab machine of this name, or null when none runs. */
  readonly readMachine: (name: string) => Promise<LabRecord | null>;
  /** Hosts of the settings. */
  readonly hosts: readonly HostTarget[];
  /** Prints of `ssh -G -- alias`, or null where there is no ssh. `sshConfigOf` is the real one. */
  readonly sshConfig: (destination: SshDestination) => Promise<string | null>;
  /** The user's home directory, for `~` in paths. */
  readonly home: string;
  /** SSH_AUTH_SOCK, when set. */
  readonly agentSocket: string | null;
}

export interface SshDestination {
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
}

/** An alias or `user@host[:port]`, of characters that no shell and no option parser reads in its own way. */
export function parseDestination(name: string): SshDestination | null {
  const match = /^(?:([A-Za-z0-9._][A-Za-z0-9._-]*)@)?([A-Za-z0-9._][A-Za-z0-9._-]*)(?::(\d{1,5}))?$/.exec(
    name,
  );
  const [, user = null, host, port] = match ?? [];
  if (host === undefined) return null;
  const number = port === undefined ? null : Number(port);
  if (number !== null && (number < 1 || number > 65_535)) return null;
  return { host, user, port: number };
}

/**
 * Whom a host's name means: `lab` is the running lab machine, then come the settings' hosts, then lab machines of other
 * names, then what `ssh -G` says.
 * Rejects with a ProblemError.
 */
export async function resolveHost(name: string, sources: HostSources): Promise<HostTarget> {
  // First: settings may come with a shared vault, and must not put another machine in the lab machine's place.
  if (name === 'lab') return labTarget(name, await sources.readMachine(name));
  const configured = sources.hosts.find((host) => host.name === name);
  if (configured !== undefined) return configured;
  const machine = await sources.readMachine(name);
  if (machine !== null) return labTarget(name, machine);
  const destination = parseDestination(name);
  if (destination === null) {
    throw new ProblemError(
      problem(
        `“${name}” is not the name of a host.`,
        'A host is written as lab, as a host of the settings, as an alias of your ssh config, or as user@host:port.',
        'Correct the name in the note or on the cell.',
      ),
    );
  }
  const answer = await sources.sshConfig(destination);
  return parseSshConfigAnswer(name, destination, answer ?? '', sources);
}

function labTarget(name: string, record: LabRecord | null): HostTarget {
  if (record === null) {
    throw new ProblemError(
      problem(
        'The lab machine is not running.',
        '',
        'Start it with “labpath lab up”, or choose another host.',
      ),
    );
  }
  return {
    name,
    address: record.host,
    port: record.port,
    user: record.user,
    identityFiles: [record.identityFile],
    agentSocket: null,
    knownHostsFiles: [record.knownHostsFile],
  };
}
