import { problem, ProblemError } from '../base/problem';
import type { HostSources } from './hostTarget';
import { sshConfigOf } from './sshConfigOf';
import { readConfigFiles } from './sshConfigFiles';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where OpenSSH's agent, and others in its place, listen on Windows. */
const windowsAgent = '\\\\.\\pipe\\openssh-ssh-agent';

/**
 * The part of `HostSources` that this computer decides: home, agent, and the user's ssh config, read by the system's
 * ssh where there is one and from its files where there is none.
 *
 * @param agentSetting path of the agent's socket or pipe; empty for SSH_AUTH_SOCK
 */
export function localConfig(
  env: Environment,
  agentSetting = '',
): Pick<HostSources, 'home' | 'localUser' | 'agentSocket' | 'env' | 'config'> {
  const onWindows = env.OS === 'Windows_NT';
  const home = env.HOME ?? env.USERPROFILE ?? '';
  const localUser = env.USER ?? env.LOGNAME ?? env.USERNAME ?? '';
  const usualAgent = env.SSH_AUTH_SOCK ?? (onWindows ? windowsAgent : null);
  const system = onWindows
    ? `${env.ProgramData ?? 'C:\\ProgramData'}\\ssh\\ssh_config`
    : '/etc/ssh/ssh_config';
  return {
    home,
    localUser,
    env,
    agentSocket: agentSetting === '' ? usualAgent : agentSetting.replace(/^~(?=[/\\])/, () => home),
    async config(destination) {
      const reading = await sshConfigOf(destination);
      switch (reading.kind) {
        case 'values':
          return reading.values;
        case 'no ssh':
          return readConfigFiles(destination, { files: [`${home}/.ssh/config`, system], home, localUser });
        case 'unreadable':
          throw new ProblemError(
            problem(
              `Your ssh config says nothing usable about ${destination.host}.`,
              `ssh says: ${reading.why}`,
              `Correct it until “ssh -G ${destination.host}” works.`,
            ),
          );
      }
    },
  };
}
