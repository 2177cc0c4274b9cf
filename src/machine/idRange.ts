/** A run of consecutive user or group ids: `inside` and up, as the sandbox sees them, are `outside` and up on the host. */
export interface IdRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

/** sshd, `nobody` (65534) and every system account fit. */
export const idCount = 65_536;

/**
 * Where the ids of a sandbox started by root begin: above the ranges of systemd-nspawn (up to 0x6fffffff), shadow's
 * subordinate ids and every account, so that root inside owns nothing on the host.
 */
export const highBase = 0x7000_0000;

/**
 * The map for a sandbox started by root, or null when root's own user namespace does not hold the high range (root in a
 * container). The argument is the text of `/proc/self/uid_map` or `gid_map` (user_namespaces(7)).
 */
export function rangeForRoot(ownMap: string): IdRange | null {
  const holds = ownMap.split('\n').some((line) => {
    const [first, , count] = line.trim().split(/\s+/).map(Number);
    return (
      first !== undefined && count !== undefined && first <= highBase && first + count >= highBase + idCount
    );
  });
  return holds ? { inside: 0, outside: highBase, count: idCount } : null;
}

/**
 * The map for a sandbox started by an ordinary user: root inside is the user, everyone else comes from the user's
 * largest range in subuid(5) or subgid(5). Null when that file has no line for the user's name or number.
 */
export function rangesForUser(
  own: number,
  user: { readonly name: string; readonly uid: number },
  subordinateIds: string,
): readonly IdRange[] | null {
  const ranges = subordinateIds
    .split('\n')
    .map((line) => line.trim().split(':'))
    .filter(([owner]) => owner === user.name || owner === String(user.uid))
    .map(([, outside, count]) => ({ outside: Number(outside), count: Number(count) }))
    .filter(({ outside, count }) => outside > 0 && count > 0)
    .sort((a, b) => b.count - a.count);
  const largest = ranges[0];
  if (largest === undefined) return null;
  return [
    { inside: 0, outside: own, count: 1 },
    { inside: 1, outside: largest.outside, count: Math.min(largest.count, idCount - 1) },
  ];
}
