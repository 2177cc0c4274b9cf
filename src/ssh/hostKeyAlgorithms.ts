import type { ServerHostKeyAlgorithm } from 'ssh2';
import type { KnownHost } from './knownHosts';

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
 * The host key algorithms to offer, those of known keys first: a server that has several keys must show the known one,
 * or it would look changed. `entries` are those of this host.
 */
export function hostKeyAlgorithms(entries: readonly KnownHost[]): ServerHostKeyAlgorithm[] {
  const known = new Set(entries.filter((entry) => entry.marker === null).map((entry) => entry.keyType));
  const isKnown = (algorithm: string): boolean =>
    known.has(algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm);
  return [...offered.filter(isKnown), ...offered.filter((algorithm) => !isKnown(algorithm))];
}
