import { problem, ProblemError } from '../base/problem';
import type { HostSources, HostTarget, SshDestination } from './hostTarget';

/** ssh's own defaults where it did not answer (ssh_config(5)). */
const defaultIdentities = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];
const defaultKnownHosts = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];

/**
 * Reads what `ssh -G` printed: one `keyword value` a line, keywords in lower case, a keyword may come more than once.
 * An empty answer means ssh's defaults. Throws a ProblemError for a way to the host that is not supported.
 */
export function parseSshConfigAnswer(
  name: string,
  destination: SshDestination,
  answer: string,
  sources: Pick<HostSources, 'home' | 'agentSocket'>,
): HostTarget {
  const values = new Map<string, string[]>();
  for (const line of answer.split('\n')) {
    const [, keyword, value] = /^(\S+) +(.*\S)\s*$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    values.set(keyword, [...(values.get(keyword) ?? []), value]);
  }
  const all = (keyword: string): readonly string[] => values.get(keyword) ?? [];
  const one = (keyword: string): string | null => all(keyword).find((value) => value !== 'none') ?? null;
  refuse(name, 'ProxyJump', one('proxyjump'));
  refuse(name, 'ProxyCommand', one('proxycommand'));

  const expand = (path: string): string => path.replace(/^~(?=\/|$)/, sources.home);
  const paths = (keyword: string, defaults: readonly string[]): readonly string[] => {
    const found = all(keyword).flatMap((value) =>
      keyword === 'identityfile' ? [value] : value.split(/\s+/),
    );
    return (found.length === 0 ? defaults : found).filter((path) => path !== 'none').map(expand);
  };
  const agent = one('identityagent');
  const alias = one('hostkeyalias');
  return {
    name,
    address: one('hostname') ?? destination.host,
    port: Number(one('port') ?? destination.port ?? 22),
    user: one('user') ?? destination.user ?? '',
    identityFiles: paths('identityfile', defaultIdentities),
    agentSocket: all('identityagent').includes('none')
      ? null
      : agent === null || agent === 'SSH_AUTH_SOCK'
        ? sources.agentSocket
        : expand(agent),
    knownHostsFiles: paths('userknownhostsfile', defaultKnownHosts).concat(
      paths('globalknownhostsfile', ['/etc/ssh/ssh_known_hosts']),
    ),
    ...(alias === null ? {} : { hostKeyAlias: alias }),
  };
}

function refuse(name: string, option: string, value: string | null): void {
  if (value === null) return;
  throw new ProblemError(
    problem(
      `${name} cannot be reached yet: your ssh config goes there by ${option} (${value}).`,
      'Labpath connects directly only.',
      'Use a host that can be reached directly, or forward its SSH port to this machine.',
    ),
  );
}
