import { parseConfigDump, type ConfigReading } from './configValues';
import type { SshDestination } from './destination';
import { nodeProcesses } from './node';

const patience = 5000;

/**
 * What the system's ssh makes of a destination with all of the user's config, Include and Match (`ssh -G`). No shell is
 * involved, and a destination holds plain characters only.
 *
 * @param configFile instead of the user's and the system's (`ssh -F`)
 */
export async function sshConfigOf(
  { host, user, port }: SshDestination,
  configFile?: string,
): Promise<ConfigReading> {
  const { execFile } = await nodeProcesses();
  const options = [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
  ];
  return new Promise((resolve) => {
    execFile('ssh', ['-G', ...options, '--', host], { timeout: patience }, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'values', values: parseConfigDump(stdout) });
      else if (error.code === 'ENOENT') resolve({ kind: 'no ssh' });
      else resolve({ kind: 'unreadable', why: firstLine(stderr) || error.message });
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
