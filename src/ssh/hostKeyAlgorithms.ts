import type { ServerHostKeyAlgorithm, utils } from 'ssh2';
import type { KnownHost } from './knownHosts';
import { patternListMatches } from './wildcard';

/** In ssh2's order; without ssh-rsa, which signs with SHA-1. */
const offered: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/**
 * Those that a list of HostKeyAlgorithms leaves out: patterns with commas, or behind a `-` what is taken away. Lists
 * that only add to the usual ones or change their order (`+`, `^`) leave out nothing.
 */
export function leftOutBy(list: string): ServerHostKeyAlgorithm[] {
  const patterns = list.replace(/^[-+^]/, '').split(',');
  const isNamed = (algorithm: string): boolean => patternListMatches(patterns, algorithm);
  if (list.startsWith('+') || list.startsWith('^')) return [];
  return offered.filter((algorithm) => isNamed(algorithm) === list.startsWith('-'));
}

/** Some public key, to ask ssh2 whether this runtime can do Ed25519. */
const SOME_ED25519_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';

/** ssh2 refuses a list that names what the runtime lacks; a browser's crypto has no Ed25519. */
export function canEd25519(parseKey: typeof utils.parseKey): boolean {
  return !(parseKey(SOME_ED25519_KEY) instanceof Error);
}

/**
 * The host key algorithms to offer, those of known keys first: a server that has several keys must show the known one,
 * or it would look changed. `entries` are those of this host; `refused` is what its config leaves out.
 */
export function hostKeyAlgorithms(
  entries: readonly KnownHost[],
  { ed25519 = true, refused = [] }: { readonly ed25519?: boolean; readonly refused?: readonly string[] } = {},
): ServerHostKeyAlgorithm[] {
  const known = new Set(entries.filter((entry) => entry.marker === null).map((entry) => entry.keyType));
  const isKnown = (algorithm: string): boolean =>
    known.has(algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm);
  const possible = offered.filter(
    (algorithm) => (ed25519 || algorithm !== 'ssh-ed25519') && !refused.includes(algorithm),
  );
  return [...possible.filter(isKnown), ...possible.filter((algorithm) => !isKnown(algorithm))];
}
