import type { SshDestination } from './hostTarget';
import { nodeProcesses } from './node';

/**
 * What the system's ssh makes of a destination with all of the user's config, Include and Match: the text of `ssh -G`.
 * Null where there is no ssh, or it refuses. No shell is involved, and a destination holds plain characters only.
 */
export async function sshConfigOf(destination: SshDestination): Promise<string | null> {
  const { execFile } = await nodeProcesses();
  const options = [
    ...(destination.user === null ? [] : ['-l', destination.user]),
    ...(destination.port === null ? [] : ['-p', String(destination.port)]),
  ];
  return new Promise((resolve) => {
    execFile('ssh', ['-G', ...options, '--', destination.host], { timeout: 5000 }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
}
