import { problem, ProblemError } from '../base/problem';
import { visible } from '../base/visible';
import { findMachine } from '../machine/read';
import type { AdoptedMachine, MachineRecord } from '../machine/state';
import type { SessionProvider } from '../runs/contract';
import type { Clock } from '../session/clock';
import { sshCommand, type SshDestination } from '../ssh/destination';
import type { Prompts } from '../ssh/prompts';
import type { SecretDialogs, SecretPrompts } from '../ssh/secretPrompts';
import type { Io } from './command';

/** Sessions over SSH for one call of a command; `closeAll` ends them and their connections. */
export type CliSessions = SessionProvider & { closeAll(): void };

export interface SessionSources {
  /** The host of the command line, which may be `user@host:port`; a note's may not. */
  readonly typedHost?: string | null;
  /** The system's own ssh makes the connections, but those to lab machines. */
  readonly bySystem?: boolean;
  /** The lab machine of a name, when it is not a running one of this user that the name means. */
  readonly machine?: (name: string) => Promise<MachineRecord | AdoptedMachine | null>;
  /** Milliseconds a shell may take until it is ready. */
  readonly readyTimeoutMs?: number;
  /** Names that are not of that machine mean nothing; the user's ssh config is not asked. */
  readonly onlyMachine?: boolean;
}

/** SSH is loaded only when a cell is to run. */
export async function openSessions(io: Io, sources: SessionSources = {}): Promise<CliSessions> {
  const [{ SessionPool }, { resolveHost }, { localConfig }, { SecretPrompts }] = await Promise.all([
    import('../ssh/pool'),
    import('../ssh/hostTarget'),
    import('../ssh/localConfig'),
    import('../ssh/secretPrompts'),
  ]);
  return new SessionPool({
    clock: nodeClock,
    ...(sources.readyTimeoutMs === undefined ? {} : { readyTimeoutMs: sources.readyTimeoutMs }),
    prompts: promptsAt(io, new SecretPrompts(dialogsAt(io))),
    resolveHost: (name) =>
      resolveHost(name, {
        readMachine: sources.machine ?? ((name) => findMachine(name, io.env)),
        hosts: [],
        typed: sources.typedHost ?? null,
        bySystem: () => sources.bySystem === true,
        ...localConfig(io.env),
        ...(sources.onlyMachine === true ? { config: notOfTheMachine } : {}),
      }),
  });
}

function notOfTheMachine({ host }: SshDestination): Promise<never> {
  return Promise.reject(
    new ProblemError(
      problem(
        `“${host}” is not part of the machine that this lab is proved on.`,
        'A cell names it with host= or node=, and labs are proved on machines of their own: nothing is run anywhere else.',
        'Leave host= away, or prove the lab with --lab-machine host.',
      ),
    ),
  );
}

const nodeClock: Clock = {
  now: () => performance.now(),
  setTimer(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

/** At a terminal nothing is kept beyond the call. */
function dialogsAt(io: Io): SecretDialogs {
  const ask = async (question: string, secret: boolean) => {
    const answer = (await io.ask?.(visible(question), { secret })) ?? null;
    return answer === null ? null : { secret: answer, keep: false };
  };
  return {
    passphrase: (keyFile, again) =>
      ask(`${again ? 'That was wrong. ' : ''}Passphrase for ${keyFile}: `, true),
    secret: ({ host, user, prompt, echo, again }) =>
      ask(`${again ? 'That was wrong. ' : ''}${user}@${host}: ${prompt} `, !echo),
  };
}

function promptsAt(io: Io, secrets: SecretPrompts): Prompts {
  return {
    async trust({ host, knownAs, keyType, fingerprint, file, authorityOnly }) {
      const authority = authorityOnly ? ' (Labpath cannot check host certificates.)' : '';
      const question =
        `${host} (${knownAs}) is not known yet.${authority} It shows the ${keyType} key ${fingerprint}.\n` +
        `Trust it${file === null ? '' : ` and remember it in ${file}`}? [yes/once/no] `;
      const answer = (await io.ask?.(question)) ?? null;
      if (answer === null) {
        throw new ProblemError(
          problem(
            `The host key of ${host} is not known, and nobody is there to be asked.`,
            `It is the ${keyType} key ${fingerprint}.`,
            `Check it, then log in once with: ${sshCommand(host)}`,
          ),
        );
      }
      if (/^y(es)?$/i.test(answer.trim())) return 'trust';
      return /^once$/i.test(answer.trim()) ? 'once' : 'refuse';
    },
    askPassphrase: (keyFile, again) => secrets.askPassphrase(keyFile, again),
    askSecret: (question) => secrets.askSecret(question),
    loginEnded: (succeeded) => secrets.loginEnded(succeeded),
  };
}
