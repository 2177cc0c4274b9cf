import { problem, ProblemError, type Problem } from '../base/problem';
import type { HostTarget } from './target';
import { letSystem } from './letSystem';

interface ShownKey {
  readonly type: string;
  readonly fingerprint: string;
}

export function changedHostKey(host: string, shown: ShownKey, known: ShownKey, place: string): Problem {
  return problem(
    `${host} showed another host key than the known one, so nothing was sent to it.`,
    `It showed ${shown.type} ${shown.fingerprint}; ${place} knows ${known.type} ${known.fingerprint}. ` +
      'Somebody may be listening in, or the machine was set up anew.',
    host === 'lab'
      ? 'The lab machine writes its keys down anew whenever it starts: run “labpath lab down”, then “labpath lab up”.'
      : `If you are sure that it was set up anew, remove that line of ${place} and connect again.`,
  );
}

export function strictlyUnknown(host: string, type: string, fingerprint: string): Problem {
  return problem(
    `The host key of ${host} is unknown, and your ssh config says not to ask (StrictHostKeyChecking), so nothing was sent to it.`,
    `It showed ${type} ${fingerprint}.`,
    'Add the key to your known_hosts file once you have compared it with the machine’s own.',
  );
}

export function noHostKeyAlgorithm({ name }: HostTarget): Problem {
  return problem(
    `${name} cannot be connected to: your ssh config leaves no kind of host key that Labpath can check.`,
    'HostKeyAlgorithms names none of Ed25519, ECDSA and RSA with SHA-2.',
    'Let it name one of them for this host.',
  );
}

export function unwritableKnownHosts(host: string, file: string, why: string): Problem {
  return problem(
    `The key of ${host} could not be remembered, so nothing was sent to it.`,
    `${file} cannot be written: ${why}`,
    'Make the file writable, or trust the key for this one time.',
  );
}

export function unreadableRevocations(host: string, file: string, why: string): Problem {
  return problem(
    `The list of revoked host keys for ${host} cannot be used, so nothing was sent to it.`,
    `${file} (RevokedHostKeys of your ssh config): ${why}`,
    'Make it a readable list of public keys, one a line.',
  );
}

export function revokedHostKey(host: string, fingerprint: string, place: string): Problem {
  return problem(
    `${host} showed a host key that is marked as revoked, so nothing was sent to it.`,
    `It showed ${fingerprint}, the same fingerprint ${fingerprint} that ${place} revokes.`,
    'Ask whoever runs the machine for its new key.',
  );
}

export function refusedHostKey(host: string, fingerprint: string): Problem {
  return problem(
    `The host key of ${host} was not trusted, so nothing was sent to it.`,
    `It is unknown here: ${fingerprint}.`,
    'Compare the fingerprint with the one shown on the machine, then connect again and trust it.',
  );
}

/** How a login went that the server refused. */
export interface RefusedLogin {
  /** In words for the user. */
  readonly tried: readonly string[];
  /** Identity files that are not there. */
  readonly missing: readonly string[];
  /** What the server accepts. */
  readonly accepted: readonly string[];
}

export function loginRefused(target: HostTarget, { tried, missing, accepted }: RefusedLogin): Problem {
  const attempts = tried.length === 0 ? 'nothing that could be tried' : tried.join(', ');
  const accepts = accepted.length === 0 ? '' : ` It accepts: ${accepted.join(', ')}.`;
  const noKey = accepted.includes('publickey') && !tried.some((way) => /^(key|agent)\b/.test(way));
  const files = noKey && missing.length > 0 ? ` There is no key file ${missing.join(', ')}.` : '';
  const agent =
    noKey && target.agentSocket === null && target.name !== 'lab'
      ? ' No SSH agent is known here; if you use one, name its socket in Labpath’s settings or in SSH_AUTH_SOCK.'
      : '';
  // A method that the server does not offer cannot be the reason; Debian's own file asks for GSSAPI everywhere.
  const matters = (keyword: string) =>
    accepted.length === 0 || accepted.some((method) => waysOf(keyword).test(method));
  const ignored = notFollowed({ ...target, unusable: (target.unusable ?? []).filter(matters) });
  return problem(
    `${target.name} refused the login for ${target.user} (tried: ${attempts}).`,
    `A user that does not exist looks the same.${accepts}${files}${ignored}`,
    target.name === 'lab'
      ? `Its key (${target.identityFiles.join(', ')}) is not the one the machine knows: run “labpath lab down”, remove that file, then “labpath lab up”.`
      : `Check the user name, and that your public key stands in ~/.ssh/authorized_keys there.${agent}` +
          (ignored === '' ? '' : ` Or ${letSystem}.`),
  );
}

/** The authentication methods, by the names servers have for them, that a keyword of the ssh config is about. */
function waysOf(keyword: string): RegExp {
  if (/^GSSAPI/i.test(keyword)) return /^gssapi/;
  if (/^Hostbased/i.test(keyword)) return /^hostbased$/;
  return /./;
}

/** What of the ssh config may be the reason, as a sentence with a space before it; empty when all was followed. */
function notFollowed({ unusable = [] }: HostTarget, about: 'all' | 'the way' = 'all'): string {
  const named = unusable.filter((keyword) => about === 'all' || !ofLogin.test(keyword));
  return named.length === 0
    ? ''
    : ` Your ssh config also says ${named.join(', ')} for it, which Labpath cannot follow.`;
}

/** Keywords that matter only once the server asks who is there; Debian sets one of them for everybody. */
const ofLogin = /Authentication|^GSSAPI|^PKCS11|^SecurityKey|^Certificate/i;

export function tooSlow(target: HostTarget, seconds: number): Problem {
  return problem(
    `${place(target)} did not answer within ${seconds} s.`,
    `It is switched off, or something on the way drops the packets.${notFollowed(target, 'the way')}`,
    'Check that the machine runs and that its SSH port can be reached from here.',
  );
}

/** Sentences for what ssh2 and the operating system throw. */
export function connectProblem(target: HostTarget, error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const said = sentencesFor(target, error);
  return { ...said, why: `${said.why}${notFollowed(target, 'the way')}`.trim() };
}

function sentencesFor(target: HostTarget, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const where = place(target);
  switch (code) {
    case 'ECONNREFUSED':
      return problem(
        `${where} refused the connection.`,
        'The machine can be reached, but no SSH server listens on that port.',
        target.name === 'lab'
          ? 'Start it with “labpath lab up”.'
          : 'Start the SSH server, or correct the port.',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return problem(
        `The name ${target.address} is not known.`,
        // What was typed was taken as it stands: had an alias been meant, it would lead elsewhere.
        target.name === target.address
          ? 'No name server gave an address for it, and no Host of your ssh config gives it one.'
          : 'No name server gave an address for it.',
        'Check the spelling and your network connection.',
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return problem(
        `${where} cannot be reached.`,
        message,
        'Check that the machine runs and your network connection.',
      );
    case 'ECONNRESET':
      return problem(
        `${where} broke off the connection before the login.`,
        message,
        'Try again; if it stays so, look into the log of the SSH server there.',
      );
    default:
  }
  if (/too many authentication failures/i.test(message)) {
    return problem(
      `${target.name} stopped the login of ${target.user} after too many keys.`,
      'Servers allow about six attempts, and your agent holds more keys.',
      'Choose one key for this host (IdentityFile in your ssh config).',
    );
  }
  if (/no matching/i.test(message)) {
    return problem(
      `${where} and Labpath have no algorithm in common.`,
      message,
      `Update the SSH server there, or ${letSystem}.`,
    );
  }
  return problem(`${where} could not be connected to.`, message, '');
}

/** A hop that lets nobody through to where the connection should go. */
export function noWayThrough(target: HostTarget, hop: HostTarget, error: unknown): Problem {
  return problem(
    `${target.name} cannot be reached through ${hop.name}.`,
    `${hop.name} opened no way to ${target.address}:${target.port}: ${error instanceof Error ? error.message : String(error)}.`,
    `Check that the machine runs, that ${hop.name} can reach it, and that forwarding is allowed there (AllowTcpForwarding).`,
  );
}

function place({ name, address, port, via }: HostTarget): string {
  const through = via === undefined ? '' : ` through ${via.name}`;
  return name === address ? `${name} (port ${port}${through})` : `${name} (${address}:${port}${through})`;
}
