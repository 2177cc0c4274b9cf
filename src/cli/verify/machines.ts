import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { problem, ProblemError } from '../../base/problem';
import { machineFiles } from '../../machine/folder';
import { findHostTools, searchPath } from '../../machine/hostTools';
import { ensureKeys } from '../../machine/keys';
import { serveMachine } from '../../machine/server';
import type { MachineRecord } from '../../machine/state';
import type { Io } from '../command';
import type { VerifyOptions } from './options';

/** A machine that labs are proved on. */
export interface ProvingMachine {
  /** What the host name `lab` means; null for a host that is not ours. */
  readonly record: MachineRecord | null;
  /** Name of the host for cells that name none. */
  readonly host: string;
  stop(): Promise<void>;
}

/** Where machines come from during one call of the prover. */
export interface Machines {
  /** Whether another call of `fresh` gives a machine on which nothing has happened yet. */
  readonly areFresh: boolean;
  fresh(): Promise<ProvingMachine>;
  close(): Promise<void>;
}

export async function openMachines(options: VerifyOptions, io: Io): Promise<Machines> {
  switch (options.machine) {
    case 'sandbox':
      return openSandboxes(io);
    case 'vm':
      throw new ProblemError(
        problem(
          'Labs cannot be proved in a virtual machine yet.',
          'The prover starts sandboxes only.',
          'Start one yourself and name it: --lab-machine host --host user@host:port.',
        ),
      );
    case 'host':
      return {
        areFresh: false,
        fresh: () => Promise.resolve({ record: null, host: options.host, stop: () => Promise.resolve() }),
        close: () => Promise.resolve(),
      };
  }
}

/**
 * Sandboxes served by this process: they cannot outlive it, and their keys and state lie in a folder that goes with it,
 * apart from the user's own lab machine.
 */
async function openSandboxes(io: Io): Promise<Machines> {
  const folder = await mkdtemp(join(tmpdir(), 'labpath-verify-'));
  const env = { ...io.env, XDG_STATE_HOME: folder };
  const tools = await findHostTools(searchPath(env), process.getuid?.() === 0);
  const running = new Set<ProvingMachine>();
  let started = 0;
  return {
    areFresh: true,
    async fresh() {
      started++;
      const name = `prove-${started}`;
      const files = machineFiles(name, env);
      await mkdir(files.folder, { recursive: true, mode: 0o700 });
      await ensureKeys(files, tools.found['ssh-keygen'] ?? 'ssh-keygen');
      const served = await serveMachine(name, env);
      const machine: ProvingMachine = {
        record: served.record,
        host: 'lab',
        async stop() {
          running.delete(machine);
          await served.stop();
        },
      };
      running.add(machine);
      return machine;
    },
    async close() {
      await Promise.all([...running].map((machine) => machine.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
