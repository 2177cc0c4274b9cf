import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { machineFiles, type Environment } from './folder';
import type { Guest } from './guest';
import { openLog } from './log';
import { nodesOf } from './nodes';
import type { MachineOptions } from './options';
import { publish, withdraw } from './publish';
import { readMachine } from './read';
import { openSandboxHost } from './sandboxHost';
import type { MachineRecord } from './state';
import { openVmHost } from './vm/vmHost';

const watchMs = 1_000;

/** A served machine: `ended` settles when its guest is gone and its record removed. */
export interface ServedMachine {
  readonly record: MachineRecord;
  readonly ended: Promise<void>;
  /** Replaces the guest by a fresh one behind the same port and keys. Rejects, and has ended, when that fails. */
  reset(): Promise<MachineRecord>;
  stop(): Promise<void>;
}

/**
 * Boots a machine whose folder and keys exist and serves its sshd on a loopback port. The machine lives as long as this
 * process.
 *
 * @throws ProblemError when this computer cannot hold it.
 */
export async function serveMachine(
  name: string,
  options: MachineOptions,
  env: Environment,
  onProgress: (sentence: string) => void = () => undefined,
): Promise<ServedMachine> {
  const files = machineFiles(name, env);
  const log = openLog(files.log);
  const startedAt = new Date().toISOString();
  const nodes = nodesOf(name, options.nodes);
  const host =
    options.kind === 'vm'
      ? await openVmHost(nodes, options, env, log, onProgress)
      : await openSandboxHost(nodes, options, env, log);

  const boot = async (): Promise<Guest> => {
    try {
      return await host.boot();
    } catch (error) {
      log(`${String(error)}\n`);
      host.close();
      throw error;
    }
  };
  const announce = (guest: Guest) => {
    const { kind, ports } = host;
    log(`Serving ${guest.description} on port ${ports.join(', ')}.\n`);
    const bootedAt = new Date().toISOString();
    return publish({ kind, internet: options.internet, nodes, ports, startedAt, bootedAt }, env);
  };

  let guest = await boot();
  let record = await announce(guest);
  let resetting: Promise<MachineRecord> | null = null;

  // A machine nobody can find any more, because its folder was removed or another took its place, must not run on.
  const watch = setInterval(() => {
    void readMachine(name, env).then((current) => {
      if (current?.pid !== process.pid && resetting === null) void guest.stop();
    });
  }, watchMs);

  const reset = async (): Promise<MachineRecord> => {
    await guest.stop();
    guest = await boot();
    record = await announce(guest);
    return record;
  };
  /** Settles with the last guest: one that ended because of a reset has a successor. */
  const lastGuest = async (): Promise<void> => {
    await guest.ended;
    while (resetting !== null) {
      await resetting.catch(() => undefined);
      await guest.ended;
    }
  };
  const ended = lastGuest().then(async () => {
    clearInterval(watch);
    host.close();
    if ((await readMachine(name, env))?.pid === process.pid) await withdraw(nodes, env);
  });

  return {
    get record() {
      return record;
    },
    ended,
    reset() {
      resetting ??= reset().finally(() => (resetting = null));
      return resetting;
    },
    async stop() {
      await resetting?.catch(() => undefined);
      host.close();
      await guest.stop();
      await ended;
    },
  };
}
