/* global process -- the desktop app runs pages with Node's environment */
import type { HostSetting, Settings } from '../settings/settings';
import type { HostTarget } from '../../ssh/hostTarget';
import type { SessionPool } from '../../ssh/pool';
import type { Prompts } from '../../ssh/prompts';
import type { Clock } from '../../session/clock';

/** Loads SSH and joins it with what the user has set up. Desktop only. */
export async function makePool(
  settings: () => Settings,
  prompts: Prompts,
  agentSocket: () => string = () => '',
): Promise<SessionPool> {
  const [{ SessionPool }, { resolveHost }, { localConfig }, { findMachine }] = await Promise.all([
    import('../../ssh/pool'),
    import('../../ssh/hostTarget'),
    import('../../ssh/localConfig'),
    import('../../machine/read'),
  ]);
  const { env } = process;
  return new SessionPool({
    clock: windowClock(),
    prompts,
    resolveHost: (name) => {
      const local = localConfig(env, agentSocket());
      const hosts = settings().hosts.filter(({ address, user }) => address !== '' && user !== '');
      return resolveHost(name, {
        ...local,
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
