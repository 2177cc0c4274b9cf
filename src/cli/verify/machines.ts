import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problem, ProblemError } from '../../base/problem';
import { mostNodes, nodeCount } from '../../machine/nodes';
import { openLabMachine, type LabMachine } from '../../machine/openLabMachine';
import { findMachine } from '../../machine/read';
import type { Io } from '../command';
import type { VerifyOptions } from './options';
import type { Machines, ProvingMachine } from './provingMachine';
import { reused } from './reused';

export async function openMachines(options: VerifyOptions, io: Io): Promise<Machines> {
  if (options.machine === 'sandbox') return openOwn('sandbox', io);
  // To boot takes far longer than to prove a lab.
  if (options.machine === 'vm') return reused(await openOwn('vm', io));
  return {
    areFresh: false,
    async fresh() {
      const machine = await findMachine(options.host, io.env);
      return {
        find: (name) => findMachine(name, io.env),
        host: options.host,
        nodes: nodeCount(machine),
        reset: () => Promise.resolve(),
        leave: () => Promise.resolve(),
      };
    },
    close: () => Promise.resolve(),
  };
}

/**
 * Machines served by this process: they cannot outlive it, and their keys and state lie in a folder that goes with it,
 * apart from the user's own lab machine.
 */
async function openOwn(tier: 'sandbox' | 'vm', io: Io): Promise<Machines> {
  const folder = await mkdtemp(join(tmpdir(), 'labpath-verify-'));
  const running = new Set<LabMachine>();
  let started = 0;
  let isClosed = false;
  return {
    areFresh: true,
    async fresh(wanted) {
      started++;
      const nodes = Math.min(wanted, mostNodes);
      // Each in a folder of its own, so that all of them can be called `lab`.
      const env = { ...io.env, XDG_STATE_HOME: join(folder, String(started)) };
      const opened = await openLabMachine({
        tier,
        name: 'lab',
        env,
        change: { nodes },
        onProgress: (sentence) => io.err(`${sentence}\n`),
      });
      if (isClosed) {
        await opened.close();
        throw new ProblemError(problem('The machine came up when it was needed no longer.'));
      }
      const machine: ProvingMachine = {
        find: (name) => findMachine(name, env),
        host: 'lab',
        nodes,
        reset: () => opened.reset(),
        async leave() {
          running.delete(opened);
          await opened.close();
        },
      };
      running.add(opened);
      return machine;
    },
    async close() {
      isClosed = true;
      await Promise.all([...running].map((machine) => machine.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
