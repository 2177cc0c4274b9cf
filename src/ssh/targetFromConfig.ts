import { problem, ProblemError } from '../base/problem';
import type { ConfigValues } from './configValues';
import { letSystem } from './letSystem';
import { isHostName, type SshDestination } from './destination';
import { leftOutBy } from './hostKeyAlgorithms';
import type { HostTarget } from './target';

/** What of this computer takes part in a host's config. */
export interface LocalFacts {
  /** The user's home directory. */
  readonly home: string;
  readonly localUser: string;
  /** The agent to use where the config names none: SSH_AUTH_SOCK, or a setting. */
  readonly agentSocket: string | null;
  /** For `${NAME}` in paths. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** ssh's own defaults where nothing is said (ssh_config(5)); kinds of key that Labpath cannot use are left out. */
const defaultIdentities = ['~/.ssh/id_rsa', '~/.ssh/id_ecdsa', '~/.ssh/id_ed25519'];
const defaultKnownHosts = '~/.ssh/known_hosts ~/.ssh/known_hosts2';
const defaultGlobalKnownHosts = '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2';

/** Keywords that change whether a connection comes about and that Labpath does not know how to follow. */
const unusable: readonly (readonly [keyword: string, option: string, meansNothing: RegExp])[] = [
  ['certificatefile', 'CertificateFile', /^none$/],
  ['pkcs11provider', 'PKCS11Provider', /^none$/],
  ['knownhostscommand', 'KnownHostsCommand', /^none$/],
  ['verifyhostkeydns', 'VerifyHostKeyDNS', /^(no|false)$/],
  ['addressfamily', 'AddressFamily', /^any$/],
  ['bindaddress', 'BindAddress', /^none$/],
  ['bindinterface', 'BindInterface', /^none$/],
  ['gssapiauthentication', 'GSSAPIAuthentication', /^no$/],
  ['hostbasedauthentication', 'HostbasedAuthentication', /^no$/],
];

/** A host as its ssh config describes it; how to get there (ProxyJump) is the caller's part. Throws a ProblemError. */
export function targetFromConfig(
  name: string,
  destination: SshDestination,
  values: ConfigValues,
  facts: LocalFacts,
): HostTarget {
  const all = (keyword: string): readonly string[] => values.get(keyword) ?? [];
  const first = (keyword: string): string | null => all(keyword)[0] ?? null;
  const some = (keyword: string): string | null => {
    const value = first(keyword);
    return value === 'none' ? null : value;
  };
  const isYes = (keyword: string): boolean => /^(yes|true)$/i.test(first(keyword) ?? '');
  refuseProxyCommand(name, some('proxycommand'));

  const user = first('user') ?? destination.user ?? facts.localUser;
  const port = Number(first('port') ?? destination.port ?? 22);
  const address = withTokens(first('hostname') ?? destination.host, { h: destination.host });
  const alias = some('hostkeyalias');
  const expand = (path: string): string =>
    expandPath(path, facts, {
      d: facts.home,
      h: address,
      k: alias ?? destination.host,
      n: destination.host,
      p: String(port),
      r: user,
      u: facts.localUser,
    });
  const files = (list: string): readonly string[] => list.split(/\s+/).filter(isPath).map(expand);
  const identities = all('identityfile');
  const agent = first('identityagent');
  return {
    name,
    address,
    port,
    user,
    // ssh, too, takes a file once that several blocks name.
    identityFiles: [
      ...new Set((identities.length === 0 ? defaultIdentities : identities).filter(isPath).map(expand)),
    ],
    agentSocket: agentOf(agent === null || agent.startsWith('$') ? agent : expand(agent), facts),
    knownHostsFiles: [
      ...files(first('userknownhostsfile') ?? defaultKnownHosts),
      ...files(first('globalknownhostsfile') ?? defaultGlobalKnownHosts),
    ],
    ...(alias === null ? {} : { hostKeyAlias: alias }),
    ...(isYes('identitiesonly') ? { identitiesOnly: true } : {}),
    ...optional('unknownHostKeys', unknownHostKeys(first('stricthostkeychecking'))),
    ...(isYes('hashknownhosts') ? { hashKnownHosts: true } : {}),
    ...optional('revokedHostKeysFile', mapped(some('revokedhostkeys'), expand)),
    ...optional('refusedHostKeys', mapped(first('hostkeyalgorithms'), leftOutBy)),
    ...optional('refusedMethods', refusedMethods(first)),
    ...optional('unusable', unusableIn(first, all)),
  };
}

/** What the settings say of a host. */
export interface ConfiguredHost {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Empty for the usual ones. */
  readonly identityFile: string;
}

/**
 * A host of the settings, with ssh's own defaults for all they do not say. Throws a ProblemError for an address that is
 * none: settings may come with a vault, and what is written into known_hosts must not hold patterns of theirs.
 */
export function targetFromSettings(
  { name, address, port, user, identityFile }: ConfiguredHost,
  facts: LocalFacts,
): HostTarget {
  const isAddress = isHostName(address) || /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\w.-]+)?$/.test(address);
  if (!isAddress) {
    throw new ProblemError(
      problem(
        `${name} cannot be reached: “${address}” is not an address.`,
        'An address is the name of a host or an IP address, without user and port.',
        'Correct it in Labpath’s settings.',
      ),
    );
  }
  const values = new Map(identityFile === '' ? [] : [['identityfile', [identityFile]]]);
  const target = targetFromConfig(name, { host: address, user, port }, values, facts);
  return identityFile === '' ? { ...target, usualKeys: true } : target;
}

/** The hops of ProxyJump, nearest first, or null when the host is reached directly. */
export function jumpsOf(values: ConfigValues): readonly string[] | null {
  const jump = values.get('proxyjump')?.[0] ?? 'none';
  return jump === 'none' ? null : jump.split(',').map((hop) => hop.trim());
}

function refuseProxyCommand(name: string, command: string | null): void {
  if (command === null) return;
  throw new ProblemError(
    problem(
      `${name} cannot be reached: your ssh config goes there by ProxyCommand (${command}).`,
      'Labpath connects directly or through hosts (ProxyJump), and starts no program for it.',
      `Use ProxyJump if the command goes through another SSH server, or ${letSystem}.`,
    ),
  );
}

function agentOf(configured: string | null, { agentSocket, env }: LocalFacts): string | null {
  if (configured === null || configured === 'SSH_AUTH_SOCK') return agentSocket;
  if (configured === 'none') return null;
  // `$NAME`: the socket's path stands in a variable of the environment.
  return configured.startsWith('$') ? (env[configured.replace(/^\$\{?|\}$/g, '')] ?? null) : configured;
}

/** `no` is followed as far as `accept-new` goes: a changed key stays refused. */
function unknownHostKeys(checking: string | null): 'refuse' | 'accept' | null {
  if (/^(yes|true)$/i.test(checking ?? '')) return 'refuse';
  return /^(accept-new|no|false|off)$/i.test(checking ?? '') ? 'accept' : null;
}

function refusedMethods(first: (keyword: string) => string | null): readonly string[] {
  const methods = {
    pubkeyauthentication: 'publickey',
    kbdinteractiveauthentication: 'keyboard-interactive',
    passwordauthentication: 'password',
  };
  const preferred = first('preferredauthentications')?.split(',');
  return Object.entries(methods)
    .filter(
      ([keyword, method]) =>
        /^(no|false)$/i.test(first(keyword) ?? '') || preferred?.includes(method) === false,
    )
    .map((entry) => entry[1]);
}

function unusableIn(
  first: (keyword: string) => string | null,
  all: (keyword: string) => readonly string[],
): readonly string[] {
  const named = unusable.flatMap(([keyword, option, meansNothing]) => {
    const value = first(keyword);
    return value === null || meansNothing.test(value) ? [] : [option];
  });
  return [...named, ...all('labpath-unread')];
}

function isPath(path: string): boolean {
  return path !== '' && path !== 'none';
}

/** `~`, `${NAME}` and the tokens of ssh_config(5), TOKENS; what is not known stays as it is. */
function expandPath(
  path: string,
  { home, env }: LocalFacts,
  tokens: Readonly<Record<string, string>>,
): string {
  return withTokens(path, tokens)
    .replace(/^~(?=[/\\]|$)/, () => home)
    .replace(/\$\{(\w+)\}/g, (whole, variable: string) => env[variable] ?? whole);
}

function withTokens(text: string, tokens: Readonly<Record<string, string>>): string {
  return text.replace(/%(.)/g, (whole, token: string) => (token === '%' ? '%' : (tokens[token] ?? whole)));
}

function mapped<T>(value: string | null, change: (value: string) => T): T | null {
  return value === null ? null : change(value);
}

/** A field that is absent rather than null or empty. */
function optional<K extends string, V extends string | readonly string[]>(
  key: K,
  value: V | null,
): Partial<Record<K, V>> {
  const field: Partial<Record<K, V>> = {};
  if (value !== null && value.length > 0) field[key] = value;
  return field;
}
