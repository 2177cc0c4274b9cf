import { problem, ProblemError } from '../base/problem';
import type { ConfigValues } from './configValues';
import { isHostName, parseDestination, type SshDestination } from './destination';
import type { HostTarget } from './target';
import { jumpsOf, targetFromConfig, type LocalFacts } from './targetFromConfig';

export { parseDestination, type SshDestination } from './destination';

/** What a running lab machine says of itself (`machine.json`). */
export interface LabRecord {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  readonly knownHostsFile: string;
}

/** A host of the user that stands in for a lab machine. */
export interface AdoptedHost {
  /** `user@host:port` or an alias; the user typed it on this device. */
  readonly destination: string;
}

export interface HostSources extends LocalFacts {
  /** The lab machine of this name: running here, or a host of the user that was adopted. Null when there is none. */
  readonly readMachine: (name: string) => Promise<LabRecord | AdoptedHost | null>;
  /** Hosts of the settings. */
  readonly hosts: readonly HostTarget[];
  /** What the user's ssh config says; rejects with a ProblemError when it cannot be read. */
  readonly config: (destination: SshDestination) => Promise<ConfigValues>;
  /** Whether the user wants the system's own ssh to make the connection to a host of this name. */
  readonly bySystem?: (name: string) => boolean;
  /** A name the user typed as `user@host:port` on the command line. All other names are one plain word. */
  readonly typed?: string | null;
}

/** More hops than this are a loop (ssh itself stops there too). */
const mostHops = 8;

/**
 * Whom a host's name means: `lab` is the running lab machine, then come the settings' hosts, then lab machines of other
 * names, then the ssh config.
 * Rejects with a ProblemError.
 */
export async function resolveHost(name: string, sources: HostSources): Promise<HostTarget> {
  // First: settings may come with a shared vault, and must not put another machine in the lab machine's place.
  if (name === 'lab') return labTarget(name, await sources.readMachine(name), sources);
  const configured = sources.hosts.find((host) => host.name === name);
  if (configured !== undefined) {
    return sources.bySystem?.(name) === true ? withSystemSsh(configured) : configured;
  }
  const machine = await sources.readMachine(name);
  if (machine !== null) return labTarget(name, machine, sources);
  const destination = isHostName(name) || name === sources.typed ? parseDestination(name) : null;
  if (destination === null) throw notAHost(name);
  if (sources.bySystem?.(name) === true) return systemTarget(name, destination, sources);
  return resolveDestination(name, destination, null, sources, 0);
}

/** What a host of the settings says goes before the user's config. */
function withSystemSsh(host: HostTarget): HostTarget {
  // ssh has more usual keys than are read here, and warns of each that is named and missing.
  const named = host.usualKeys === true ? [] : host.identityFiles;
  const identities = named.flatMap((file) => ['-i', file]);
  return {
    ...host,
    bySystem: ['-p', String(host.port), '-l', host.user, ...identities, '--', host.address],
  };
}

/** All but the destination is for ssh and its config to know. */
function systemTarget(name: string, { host, user, port }: SshDestination, sources: HostSources): HostTarget {
  const options = [...(port === null ? [] : ['-p', String(port)]), ...(user === null ? [] : ['-l', user])];
  return {
    name,
    address: host,
    port: port ?? 22,
    user: user ?? sources.localUser,
    identityFiles: [],
    agentSocket: sources.agentSocket,
    knownHostsFiles: [],
    bySystem: [...options, '--', host],
  };
}

/** @param jumps hops that a ProxyJump farther out has already chosen for this one; null: its own config decides. */
async function resolveDestination(
  name: string,
  destination: SshDestination,
  jumps: readonly string[] | null,
  sources: HostSources,
  depth: number,
): Promise<HostTarget> {
  const values = await sources.config(destination);
  const target = targetFromConfig(name, destination, values, sources);
  const hops = jumps ?? jumpsOf(values) ?? [];
  const last = hops.at(-1);
  if (last === undefined) return target;
  if (depth >= mostHops) throw tooManyHops(name);
  const hop = parseDestination(last);
  if (hop === null) throw badHop(name, last);
  const before = hops.slice(0, -1);
  const via = await resolveDestination(last, hop, before.length === 0 ? null : before, sources, depth + 1);
  return { ...target, via };
}

async function labTarget(
  name: string,
  record: LabRecord | AdoptedHost | null,
  sources: HostSources,
): Promise<HostTarget> {
  if (record === null) {
    throw new ProblemError(
      problem(
        'The lab machine is not running.',
        '',
        'Start it with “labpath lab up”, or choose another host.',
      ),
    );
  }
  if ('destination' in record) {
    const destination = parseDestination(record.destination);
    if (destination === null) throw notAHost(record.destination);
    return resolveDestination(name, destination, null, sources, 0);
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

function notAHost(name: string): ProblemError {
  return new ProblemError(
    problem(
      `“${name}” is not the name of a host.`,
      'A note names a host by one word: lab, a host of the settings, or an alias of your ssh config. User, port and key are not a note’s to choose.',
      'Correct the name in the note or on the cell.',
    ),
  );
}

function badHop(name: string, hop: string): ProblemError {
  return new ProblemError(
    problem(
      `${name} cannot be reached: “${hop}” in its ProxyJump is not a host.`,
      'A hop is written as host, user@host or user@host:port.',
      'Correct ProxyJump in your ssh config.',
    ),
  );
}

function tooManyHops(name: string): ProblemError {
  return new ProblemError(
    problem(
      `${name} cannot be reached: the way through ProxyJump has more than ${mostHops} hops.`,
      'Two hosts of your ssh config may each name the other as the way to them.',
      'Correct ProxyJump in your ssh config.',
    ),
  );
}
