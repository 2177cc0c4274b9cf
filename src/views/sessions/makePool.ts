/* global process -- the desktop app runs pages with Node's environment */
import type { HostSetting, Settings } from '../settings/settings';
import type { HostTarget } from '../../ssh/hostTarget';
import type { SessionPool } from '../../ssh/pool';
import { obsidianKeeper, secretDialogs, trustDialog } from '../trust/prompts';
import type { TrustDesk } from '../trust/trustDesk';
import type { Clock } from '../../session/clock';

/** Loads SSH and joins it with what the user has set up. Desktop only. */
export async function makePool(
  settings: () => Settings,
  { app, device }: Pick<TrustDesk, 'app' | 'device'>,
): Promise<SessionPool> {
  const [{ SessionPool }, { resolveHost }, { localConfig }, { SecretPrompts }, { findMachine }] =
    await Promise.all([
      import('../../ssh/pool'),
      import('../../ssh/hostTarget'),
      import('../../ssh/localConfig'),
      import('../../ssh/secretPrompts'),
      import('../../machine/read'),
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
      const hosts = settings().hosts.filter(({ address, user }) => address !== '' && user !== '');
      return resolveHost(name, {
        ...local,
        bySystem: (host) => device.usesSystemSsh(host),
        readMachine: (machine) => findMachine(machine, env),
        hosts: hosts.map((host) => targetOf(host, local.home, local.agentSocket)),
      });
    },
  });
}

/** Keys of hosts from the settings are remembered where ssh itself looks for them. */
function targetOf(host: HostSetting, home: string, agentSocket: string | null): HostTarget {
  const { name, address, port, user, identityFile } = host;
  const usual = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((key) => `${home}/.ssh/${key}`);
  return {
    name,
    address,
    port,
    user,
    identityFiles: identityFile === '' ? usual : [identityFile.replace(/^~(?=[/\\])/, home)],
    agentSocket,
    knownHostsFiles: [`${home}/.ssh/known_hosts`],
  };
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
