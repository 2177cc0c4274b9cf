import { problem, type Problem } from '../base/problem';

export function systemUnavailable(host: string): Problem {
  return problem(
    `${host} cannot be reached by the system’s ssh.`,
    'On Windows, ssh cannot share one connection among several sessions.',
    'Take the host off the list “Hosts by the system’s SSH” in the settings.',
  );
}

export function systemLoginFailed(host: string, why: string): Problem {
  return problem(
    `The system’s ssh could not log in to ${host}.`,
    `ssh says: ${why}`,
    'It is asked nothing unless SSH_ASKPASS is set: log in once in a terminal, so that the host key is known and the agent holds the key.',
  );
}
