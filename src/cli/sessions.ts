import { problem, ProblemError } from '../base/problem';
import { defaultMachine } from '../machine/folder';
import { readMachine } from '../machine/read';
import type { MachineRecord } from '../machine/state';
import type { SessionProvider } from '../runs/contract';
import type { Clock } from '../session/clock';
import type { Prompts } from '../ssh/prompts';
import type { Io } from './command';

/** Sessions over SSH for one call of a command; `closeAll` ends them and their connections. */
export type CliSessions = SessionProvider & { closeAll(): void };

/**
 * SSH is loaded only when a cell is to run.
 *
 * @param lab the machine that the host name `lab` means
 */
export async function openSessions(
  io: Io,
  lab: () => Promise<MachineRecord | null> = () => readMachine(defaultMachine, io.env),
): Promise<CliSessions> {
  const [{ SessionPool }, { resolveHost }, { sshConfigOf }] = await Promise.all([
    import('../ssh/pool'),
    import('../ssh/hostTarget'),
    import('../ssh/sshConfigOf'),
  ]);
  const home = io.env.HOME ?? io.env.USERPROFILE ?? '';
  return new SessionPool({
    clock: nodeClock,
    prompts: promptsAt(io),
    resolveHost: (name) =>
      resolveHost(name, {
        readMachine: lab,
        hosts: [],
        sshConfig: sshConfigOf,
        home,
        agentSocket: io.env.SSH_AUTH_SOCK ?? null,
      }),
  });
}

const nodeClock: Clock = {
  now: () => performance.now(),
  setTimer(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

function promptsAt(io: Io): Prompts {
  const ask = (question: string, secret = false) => io.ask?.(question, { secret }) ?? Promise.resolve(null);
  return {
    async trust({ host, knownAs, keyType, fingerprint, file, authorityOnly }) {
      const authority = authorityOnly ? ' (Labpath cannot check host certificates.)' : '';
      const answer = await ask(
        `${host} (${knownAs}) is not known yet.${authority} It shows the ${keyType} key ${fingerprint}.\n` +
          `Trust it${file === null ? '' : ` and remember it in ${file}`}? [yes/once/no] `,
      );
      if (answer === null) {
        throw new ProblemError(
          problem(
            `The host key of ${host} is not known, and nobody is there to be asked.`,
            `It is the ${keyType} key ${fingerprint}.`,
            `Check it, then log in once with: ssh ${knownAs}`,
          ),
        );
      }
      if (/^y(es)?$/i.test(answer.trim())) return 'trust';
      return /^once$/i.test(answer.trim()) ? 'once' : 'refuse';
    },
    askPassphrase: (keyFile, again) =>
      ask(`${again ? 'That was wrong. ' : ''}Passphrase for ${keyFile}: `, true),
    askSecret: ({ host, user, prompt, echo }) => ask(`${user}@${host}: ${prompt}`, !echo),
  };
}
