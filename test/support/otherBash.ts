import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

/**
 * The bash that all shells of the tests use instead of the machine's own: an absolute path in LABPATH_BASH. A way to hold
 * every case against an older or newer one; docs/testing.md says how.
 */
const otherBash = process.env['LABPATH_BASH'];

/** Lines of sshd_config that let a session find that bash first. */
export const bashConfig: readonly string[] =
  otherBash === undefined ? [] : [`SetEnv PATH=${dirname(otherBash)}:/usr/sbin:/usr/bin:/sbin:/bin`];

/** Its major and minor version as one number, 5.2 for bash 5.2.37. @throws when there is none. */
export function bashVersion(): number {
  const bash = otherBash ?? 'bash';
  const { stdout } = spawnSync(bash, ['-c', 'echo "${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}"'], {
    encoding: 'utf8',
  });
  const version = Number.parseFloat(stdout ?? '');
  if (Number.isNaN(version)) throw new Error(`${bash} is no bash that runs here.`);
  return version;
}
