import { findDangers, type Danger } from './danger';
import { linesWithHidden } from '../base/visible';

/**
 * When a vault's cells ask before they run, on this device:
 * `always`: every time. `change`: a note once on each host, and each cell whose source is not the one agreed to.
 * `vault`: once for each host. Dangerous lines and hidden characters ask under every policy.
 */
export type TrustPolicy = 'always' | 'change' | 'vault';

export const TRUST_POLICIES: readonly TrustPolicy[] = ['always', 'change', 'vault'];

/** What was agreed to on this device. */
export interface Approvals {
  /** Hosts, as the settings describe them in words: another address, user or key is another host. */
  readonly hosts: readonly string[];
  /** `host` and source hash of each cell that may run, as `approvalKey` makes them. */
  readonly cells: ReadonlySet<string>;
}

/** A cell somebody wants to run. */
export interface RunRequest {
  /** The host in words. */
  readonly host: string;
  /** Hash of all that decides what runs: the source with its placeholders open, where, and as which file. */
  readonly hash: string;
  /** What the shell would be sent, with placeholders filled. */
  readonly code: string;
  /** The cell's shell is in a network namespace. */
  readonly inNetns: boolean;
}

export interface Decision {
  readonly ask: boolean;
  /** Why it is asked; `none` when it is not. */
  readonly why: 'none' | 'first' | 'changed' | 'always' | 'danger' | 'hidden';
  readonly dangers: readonly Danger[];
  /** 1-based lines with characters that cannot be seen. */
  readonly hidden: readonly number[];
}

export function approvalKey(host: string, hash: string): string {
  return `${hash} ${host}`;
}

/**
 * Must the user be asked before this runs?
 *
 * @param throwAway the host is a lab machine Labpath made: losing it costs nothing
 */
export function decide(
  request: RunRequest,
  policy: TrustPolicy,
  { hosts, cells }: Approvals,
  throwAway: boolean,
): Decision {
  const dangers = throwAway ? [] : findDangers(request.code, request.inNetns);
  const hidden = linesWithHidden(request.code);
  const because = (why: Decision['why']): Decision => ({ ask: why !== 'none', why, dangers, hidden });
  if (hidden.length > 0) return because('hidden');
  if (dangers.length > 0) return because('danger');
  if (!hosts.includes(request.host)) return because('first');
  if (policy === 'always') return because('always');
  if (policy === 'vault' || cells.has(approvalKey(request.host, request.hash))) return because('none');
  return because('changed');
}
