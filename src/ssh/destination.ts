/** What is written where ssh takes a destination. */
export interface SshDestination {
  /** A host name, an address, or an alias of the ssh config. */
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
}

/**
 * An alias, `user@host[:port]` or `user@[IPv6]:port`, of characters that no shell and no option parser reads in its own
 * way; null for all else. `ssh://` may stand before it, as in ProxyJump.
 */
export function parseDestination(text: string): SshDestination | null {
  const match =
    /^(?:ssh:\/\/)?(?:([A-Za-z0-9._][A-Za-z0-9._-]*)@)?(?:([A-Za-z0-9._][A-Za-z0-9._-]*)|\[([0-9A-Fa-f:.]+)\])(?::(\d{1,5}))?$/.exec(
      text,
    );
  const [, user = null, name, bracketed, port] = match ?? [];
  const host = name ?? bracketed;
  if (host === undefined) return null;
  const number = port === undefined ? null : Number(port);
  if (number !== null && (number < 1 || number > 65_535)) return null;
  return { host, user, port: number };
}

/** How one logs in with ssh there, as it was typed: ssh takes a port only in an address with `ssh://`. */
export function sshCommand(typed: string): string {
  const port = parseDestination(typed)?.port ?? null;
  return port === null || typed.startsWith('ssh://') ? `ssh ${typed}` : `ssh ssh://${typed}`;
}

/**
 * May a note name this host? Only by one plain word: whom it means, with which user, port and key, is decided by the
 * settings and ssh config of this device, never by the note.
 */
export function isHostName(text: string): boolean {
  return /^[A-Za-z0-9._][A-Za-z0-9._-]*$/.test(text);
}
