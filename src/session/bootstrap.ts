import { isNetnsName } from '../base/netns';
import driver from './driver.bash';
import { utf8, latin1Text } from './bytes';

/** Which of the user's start files a session reads: those of a login shell, only ~/.bashrc, or none. */
export type Profile = 'login' | 'rc' | 'none';

export interface Bootstrap {
  /** Secret of the session: 32 hex digits. */
  readonly key: string;
  readonly profile: Profile;
  /** Network namespace to start the shell in; see `isNetnsName`. */
  readonly netns: string | null;
  /** How cells reach the parser; `auto` goes by the far side's bash, the others are for tests. */
  readonly dispatch?: 'auto' | 'prompt' | 'typed';
}

const modes = { auto: 'A', prompt: 'P', typed: 'T' } as const;

/**
 * The command that starts a session on a PTY, from any login shell (sh, fish, tcsh…): one word in single quotes that
 * holds no single quote, backslash or newline. Throws RangeError for a key or name that is not plain.
 */
export function bootstrapCommand({ key, profile, netns, dispatch = 'auto' }: Bootstrap): string {
  if (!/^[0-9a-f]{32}$/.test(key)) throw new RangeError('A session key is 32 hex digits.');
  const text = driver
    .replace(/^[ \t]*#.*\n/gm, '')
    .replace('@KEY@', key)
    .replace('@PROFILE@', profile)
    .replace('@MODE@', modes[dispatch]);
  const encoded = base64(text);
  if (netns === null) {
    return `exec bash --noprofile --norc -c 'exec ${shell} <(echo ${encoded}|base64 -d) -i'`;
  }
  if (!isNetnsName(netns)) throw new RangeError(`Not a name for a network namespace: ${netns}`);
  // sudo closes all descriptors but the first three, so the inner bash makes its own.
  const inner = base64(`exec ${shell} <(echo $1|base64 -d) -i`);
  return (
    `exec bash --noprofile --norc -c 'PATH=$PATH:/usr/sbin:/sbin; r=; [ $EUID = 0 ] || r="sudo -n"; ` +
    `exec $r ip netns exec ${netns} bash --noprofile --norc -c "$(echo ${inner}|base64 -d)" labpath ${encoded}'`
  );
}

const shell = 'bash --noprofile --noediting --rcfile';

function base64(text: string): string {
  return btoa(latin1Text(utf8(text)));
}
