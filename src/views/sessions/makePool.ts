/* global process -- the desktop app runs pages with Node's environment */
import { isComplete, type Settings } from '../settings/settings';
import type { SessionPool } from '../../ssh/pool';
import { obsidianKeeper, secretDialogs, trustDialog } from '../trust/prompts';
import type { TrustDesk } from '../trust/trustDesk';
import type { Clock } from '../../session/clock';

/** Loads SSH and joins it with what the user has set up. Desktop only. */
export async function makePool(
  settings: () => Settings,
  { app, device }: Pick<TrustDesk, 'app' | 'device'>,
): Promise<SessionPool> {
  const [
    { SessionPool },
    { resolveHost },
    { localConfig },
    { SecretPrompts },
    { findMachine },
    { targetFromSettings },
  ] = await Promise.all([
    import('../../ssh/pool'),
    import('../../ssh/hostTarget'),
    import('../../ssh/localConfig'),
    import('../../ssh/secretPrompts'),
    import('../../machine/read'),
    import('../../ssh/targetFromConfig'),
  ]);
  const secrets = new SecretPrompts(secretDialogs(app), obsidianKeeper(app));
  const { env } = process;
  return new SessionPool({
    clock: windowClock(),
    prompts: {
      ...trustDialog(app),
      askPassphrase: (keyFile, again) => secrets.askPassphrase(keyFile, again),
      askSecret: (question) => secrets.askSecret(question),
      loginEnded: (succeeded) => secrets.loginEnded(succeeded),
    },
    resolveHost: (name) => {
      const local = localConfig(env, device.agentSocket);
      const configured = settings().hosts.find((host) => host.name === name && isComplete(host));
      return resolveHost(name, {
        ...local,
        bySystem: (host) => device.usesSystemSsh(host),
        readMachine: (machine) => findMachine(machine, env),
        hosts: configured === undefined ? [] : [targetFromSettings(configured, local)],
      });
    },
  });
}

function windowClock(): Clock {
  return {
    now: () => performance.now(),
    setTimer: (ms, fire) => {
      const id = window.setTimeout(fire, ms);
      return () => window.clearTimeout(id);
    },
  };
}
