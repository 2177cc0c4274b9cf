import { dangersOfFile, findDangers, type Danger } from './danger';
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

/** What a cell does, as far as it can be seen before it runs. */
export interface RunCode {
  /** What the shell would be sent, or the file's content, with placeholders filled. */
  readonly code: string;
  /** The path that a `file=` fence writes to, or null. */
  readonly writes: string | null;
  /** The cell's shell is in a network namespace. */
  readonly inNetns: boolean;
}

/** A cell somebody wants to run. */
export interface RunRequest extends RunCode {
  /** The host in words. */
  readonly host: string;
  /** Hash of all that decides what runs: the source with its placeholders open, where, and as which file. */
  readonly hash: string;
}

/** What asks under every policy. */
export interface Risks {
  readonly dangers: readonly Danger[];
  /** 1-based lines with characters that cannot be seen. */
  readonly hidden: readonly number[];
}

export interface Decision extends Risks {
  readonly ask: boolean;
  /** Why it is asked; `none` when it is not. */
  readonly why: 'none' | 'first' | 'changed' | 'always' | 'danger' | 'hidden';
}

export function approvalKey(host: string, hash: string): string {
  return `${hash} ${host}`;
}

/** @param throwAway as in `decide` */
export function risksOf({ code, writes, inNetns }: RunCode, throwAway: boolean): Risks {
  const hidden = linesWithHidden(code);
  if (throwAway) return { dangers: [], hidden };
  if (writes === null) return { dangers: findDangers(code, inNetns), hidden };
  const dangers = dangersOfFile(writes).map((what) => ({ line: 0, text: `file=${writes}`, what }));
  return { dangers, hidden };
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
  const risks = risksOf(request, throwAway);
  const because = (why: Decision['why']): Decision => ({ ask: why !== 'none', why, ...risks });
  if (risks.hidden.length > 0) return because('hidden');
  if (risks.dangers.length > 0) return because('danger');
  if (!hosts.includes(request.host)) return because('first');
  if (policy === 'always') return because('always');
  if (policy === 'vault' || cells.has(approvalKey(request.host, request.hash))) return because('none');
  return because('changed');
}
