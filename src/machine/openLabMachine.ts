import process from 'node:process';
import { problem, ProblemError } from '../base/problem';
import type { HostTarget } from '../ssh/target';
import { machineFiles, type Environment } from './folder';
import type { MachineKind } from './guest';
import { findHostTools, searchPath } from './hostTools';
import { ensureFolder, prepareFolders, removeFolders } from './folders';
import { withLock } from './lock';
import { machineOptions, type MachineOptions } from './options';
import { readMachine } from './read';
import { serveMachine } from './server';
import type { MachineRecord } from './state';

/** How much of a Linux: namespaces of this kernel, a kernel of its own, or a machine of the user's. */
export type MachineTier = 'sandbox' | 'vm' | 'host';

export interface OpenLabMachine {
  readonly tier: MachineTier;
  /** A machine's name (`folder.ts`), of which no machine runs; for the tier `host` the host as ssh knows it. */
  readonly name: string;
  readonly env: Environment;
  /** What differs from the usual: nodes, limits, internet. */
  readonly change?: Partial<Omit<MachineOptions, 'kind'>>;
  /** How to reach the user's own host; needed for the tier `host`. */
  readonly resolveHost?: (name: string) => Promise<HostTarget>;
  /** Takes a sentence now and then while it takes long. */
  readonly onProgress?: (sentence: string) => void;
}

/** A machine of this process: it ends, with everything in it, when this process does, in whatever way. */
export interface LabMachine {
  readonly tier: MachineTier;
  readonly name: string;
  /** How SSH reaches it; stays true over resets. */
  readonly target: HostTarget;
  /** Every node by the name that `node=` uses; the first, `lab`, is `target`. */
  readonly nodes: ReadonlyMap<string, HostTarget>;
  /** False for the user's own host: its labs must clean up behind themselves. */
  readonly canReset: boolean;
  /** A fresh machine behind the same target. Sessions that were open are lost. Rejects with a ProblemError. */
  reset(): Promise<void>;
  /** Ends it and removes every file of it. */
  close(): Promise<void>;
}

/**
 * Opens a fresh machine for the prover or a test, in this process and apart from the learner's own.
 *
 * @throws ProblemError when this computer cannot hold it, or a machine of that name runs.
 */
export async function openLabMachine(options: OpenLabMachine): Promise<LabMachine> {
  switch (options.tier) {
    case 'sandbox':
    case 'vm':
      return openOwn(options, options.tier);
    case 'host':
      return openHost(options);
  }
}

async function openOwn(
  { name, env, change, onProgress }: OpenLabMachine,
  tier: MachineKind,
): Promise<LabMachine> {
  const options = machineOptions(tier, change);
  const files = machineFiles(name, env);
  await ensureFolder(files.folder);
  const tools = await findHostTools(searchPath(env), process.getuid?.() === 0);
  const machine = await withLock(files.lock, async () => {
    if ((await readMachine(name, env)) !== null) throw new ProblemError(nameTaken(name));
    await prepareFolders(name, options, env, tools.found['ssh-keygen'] ?? 'ssh-keygen');
    return serveMachine(name, options, env, onProgress);
  });
  const target = targetOf(machine.record);
  const members = machine.record.nodes.map(({ machine: member }) => member);
  const nodes = await Promise.all(
    machine.record.nodes.map(async ({ node, machine: member }): Promise<readonly [string, HostTarget]> => {
      const record = await readMachine(member, env);
      return [node, record === null ? target : targetOf(record)];
    }),
  );
  return {
    tier,
    name,
    target,
    nodes: new Map(nodes),
    canReset: true,
    reset: () => machine.reset().then(() => undefined),
    async close() {
      await machine.stop();
      await removeFolders(members, env);
    },
  };
}

async function openHost({ name, resolveHost }: OpenLabMachine): Promise<LabMachine> {
  if (resolveHost === undefined) throw new RangeError('A host of the user needs a way to be resolved.');
  const target = await resolveHost(name);
  const cannot = problem(
    `${name} cannot be made fresh.`,
    'It is a host of yours, not a machine of Labpath.',
    'Run the cleanup of the lab instead.',
  );
  return {
    tier: 'host',
    name,
    target,
    nodes: new Map([['lab', target]]),
    canReset: false,
    reset: () => Promise.reject(new ProblemError(cannot)),
    close: () => Promise.resolve(),
  };
}

/** How SSH reaches a running machine. */
function targetOf(record: MachineRecord): HostTarget {
  return {
    name: record.name,
    address: record.host,
    port: record.port,
    user: record.user,
    identityFiles: [record.identityFile],
    agentSocket: null,
    knownHostsFiles: [record.knownHostsFile],
  };
}

function nameTaken(name: string) {
  return problem(
    `A lab machine “${name}” runs already.`,
    'Somebody may be working on it.',
    `Choose another name, or end it: labpath lab down --name ${name}`,
  );
}
