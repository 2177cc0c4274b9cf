import driver from './driver.bash';
import { latin1Bytes, latin1Text, utf8 } from './bytes';
import { escaped } from './frames';
import { commandIn, type Place } from './place';

/** Which of the user's start files a session reads: those of a login shell, only ~/.bashrc, or none. */
export type Profile = 'login' | 'rc' | 'none';

export interface Bootstrap {
  /** Secret of the session: 32 hex digits. */
  readonly key: string;
  readonly profile: Profile;
  /** How cells reach the parser; `auto` goes by the far side's bash, the others are for tests. */
  readonly dispatch?: 'auto' | 'prompt' | 'typed';
  /** The shell is opened inside of another one: its `exit` leads back there. */
  readonly nested?: boolean;
}

const modes = { auto: 'A', prompt: 'P', typed: 'T' } as const;

/**
 * Asks for the driver with a mark and becomes a bash that runs it. The driver comes over the terminal: on a command
 * line, other users of the machine could read the session's key. No single quote, no newline (see `commandIn`).
 */
const loader =
  'stty -echo 2>/dev/null; printf "\\033]8471;L\\007"; IFS=$(printf "\\n@"); read -rsd @ -a l || exit 1; ' +
  'printf -v d %s "${l[@]}"; printf -v d %b "$d"; unset IFS; ' +
  'exec bash --noprofile --noediting --rcfile <(printf %s "$d") -i';

/** The command that starts a session on a PTY, from any login shell. The far side then asks for `driverBytes`. */
export function bootstrapCommand(place: Place): string {
  return commandIn(place, loader, true);
}

/** What is typed at a shell that a cell opened, to enter it. */
export const enterLine = utf8(` bash --noprofile --norc -c '${loader}'\n`);

/** What the loader reads: the driver with its settings, in printable lines. Throws RangeError for a wrong key. */
export function driverBytes({ key, profile, dispatch = 'auto', nested = false }: Bootstrap): Uint8Array {
  if (!/^[0-9a-f]{32}$/.test(key)) throw new RangeError('A session key is 32 hex digits.');
  const text = driver
    .replace(/^[ \t]*#.*\n/gm, '')
    .replace('@KEY@', key)
    .replace('@PROFILE@', profile)
    .replace('@MODE@', modes[dispatch])
    .replace('@NESTED@', nested ? '1' : '');
  const payload = latin1Text(escaped(utf8(text))).replaceAll('@', '\\x40');
  return latin1Bytes(`${payload}@`);
}
