import { wildcardMatches } from './wildcard';

/** One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHost {
  /** 1-based. */
  readonly line: number;
  readonly marker: 'revoked' | 'cert-authority' | null;
  /** As written: `|1|salt|hash`, or patterns with commas. */
  readonly hosts: string;
  readonly keyType: string;
  /** The key as on the wire, in base64. */
  readonly key: string;
}

/** HMAC-SHA1 of the text, both in base64. */
export type HmacSha1 = (keyBase64: string, text: string) => string;

/** Lines that are not host keys (comments, unknown markers, SSH-1 keys) are passed over, as ssh does. */
export function parseKnownHosts(text: string): KnownHost[] {
  const entries: KnownHost[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const fields = raw.trim().split(/[ \t]+/);
    const marker = fields[0]?.startsWith('@') === true ? (fields.shift() ?? '') : null;
    const [hosts = '', keyType = '', key = ''] = fields;
    if (hosts === '' || hosts.startsWith('#') || keyTypeOf(key) !== keyType) return;
    if (marker !== null && marker !== '@revoked' && marker !== '@cert-authority') return;
    entries.push({
      line: index + 1,
      marker: marker === null ? null : marker === '@revoked' ? 'revoked' : 'cert-authority',
      hosts,
      keyType,
      key,
    });
  });
  return entries;
}

/** The name ssh looks a host up by: with its port only when that is not 22. */
export function knownHostName(address: string, port: number): string {
  const host = address.toLowerCase();
  return port === 22 ? host : `[${host}]:${port}`;
}

/** The entries that speak of this name, in file order. */
export function entriesFor(entries: readonly KnownHost[], name: string, hmac: HmacSha1): KnownHost[] {
  return entries.filter(({ hosts }) =>
    hosts.startsWith('|') ? hashMatches(hosts, name, hmac) : listMatches(hosts, name),
  );
}

export type Verdict =
  | { readonly kind: 'known' }
  /** Nobody knows this host yet. `authorityOnly`: a certificate authority is trusted for it, which cannot be used. */
  | { readonly kind: 'unknown'; readonly authorityOnly: boolean }
  | { readonly kind: 'changed'; readonly conflict: KnownHost }
  | { readonly kind: 'revoked'; readonly conflict: KnownHost };

/**
 * What the entries for a host (see `entriesFor`) say about the key it showed, as ssh judges it: a host with any known
 * key is held to its known keys, and another type of key counts as changed, too.
 */
export function judge(entries: readonly KnownHost[], key: string): Verdict {
  const revoked = entries.find((entry) => entry.marker === 'revoked' && entry.key === key);
  if (revoked !== undefined) return { kind: 'revoked', conflict: revoked };
  const plain = entries.filter((entry) => entry.marker === null);
  if (plain.some((entry) => entry.key === key)) return { kind: 'known' };
  const conflict = plain.find((entry) => entry.keyType === keyTypeOf(key)) ?? plain[0];
  if (conflict !== undefined) return { kind: 'changed', conflict };
  return { kind: 'unknown', authorityOnly: entries.some((entry) => entry.marker === 'cert-authority') };
}

/** The type a key in wire format names itself (RFC 4253 §6.6): a length of four bytes, then so many letters. */
export function keyTypeOf(keyBase64: string): string {
  let bytes: string;
  try {
    bytes = atob(keyBase64);
  } catch {
    return '';
  }
  const length = bytes.charCodeAt(2) * 256 + bytes.charCodeAt(3);
  return bytes.startsWith('\0\0') && bytes.length > 4 + length ? bytes.slice(4, 4 + length) : '';
}

function hashMatches(hosts: string, name: string, hmac: HmacSha1): boolean {
  const [, salt, hash] = /^\|1\|([A-Za-z0-9+/=]+)\|([A-Za-z0-9+/=]+)$/.exec(hosts) ?? [];
  return salt !== undefined && hmac(salt, name) === hash;
}

function listMatches(hosts: string, name: string): boolean {
  const patterns = hosts.split(',');
  const negated = patterns.some(
    (pattern) => pattern.startsWith('!') && wildcardMatches(pattern.slice(1), name),
  );
  return !negated && patterns.some((pattern) => pattern !== '' && wildcardMatches(pattern, name));
}
