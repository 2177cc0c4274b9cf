import process from 'node:process';
import { ProblemError } from '../base/problem';
import type { Environment } from './folder';
import type { Guest } from './guest';
import { hostFacts, idMaps } from './hostFacts';
import { findHostTools, searchPath, type HostTools } from './hostTools';
import type { Limits } from './limits';
import { hostsOf, type Node } from './nodes';
import { refusalAfterTrying, refusalBeforeTrying } from './refusal';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox';
import { openSegment, type Segment } from './segment';
import { openUserNamespace, StepError } from './userNamespace';

export interface BootOptions {
  readonly nodes: readonly Node[];
  readonly limits: Limits;
  readonly env: Environment;
  readonly log: (text: string) => void;
  /** Files for /etc/ssh of each node. */
  readonly files: readonly SandboxOptions['files'][];
}

export interface BootedSandboxes {
  readonly sandboxes: readonly Sandbox[];
  /** All of them as one: when one ends, so do the others. */
  readonly guest: Guest;
}

/**
 * Starts the sandboxes of a machine in one user namespace, and joins them when there are several. Every refusal becomes
 * a sentence for the user.
 *
 * @throws ProblemError
 */
export async function bootSandboxes(options: BootOptions): Promise<BootedSandboxes> {
  const tools = await findHostTools(searchPath(options.env), process.getuid?.() === 0);
  const maps = await idMaps();
  const facts = await hostFacts(tools, maps);
  const refusal = refusalBeforeTrying(facts);
  if (refusal !== null) throw new ProblemError(refusal);
  const { unshare = 'unshare', bash = 'bash', newuidmap, newgidmap } = tools.found;
  const mappers = newuidmap && newgidmap ? { newuidmap, newgidmap } : null;
  try {
    const namespace = await openUserNamespace({ unshare, bash, mappers }, maps.uids ?? [], maps.gids ?? []);
    try {
      return await startAll(options, tools, namespace.pid);
    } finally {
      namespace.release();
    }
  } catch (error) {
    if (error instanceof StepError)
      throw new ProblemError(refusalAfterTrying(facts, error.failure), { cause: error });
    throw error;
  }
}

async function startAll(
  { nodes, limits, log, files }: BootOptions,
  tools: HostTools,
  userNamespaceOf: number,
): Promise<BootedSandboxes> {
  const hosts = hostsOf(nodes);
  const starting = nodes.map(({ machine: hostname }, index) =>
    startSandbox({ hostname, hosts, tools, userNamespaceOf, limits, log, files: files[index] ?? {} }),
  );
  const settled = await Promise.allSettled(starting);
  const sandboxes = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  let segment: Segment | null = null;
  const stop = async () => {
    segment?.close();
    await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
  };
  try {
    for (const each of settled) if (each.status === 'rejected') throw each.reason;
    if (nodes.length > 1) segment = await join(nodes, sandboxes, tools, userNamespaceOf);
  } catch (error) {
    await stop();
    throw error;
  }
  const ended = Promise.race(sandboxes.map((sandbox) => sandbox.ended)).then(stop);
  const pids = sandboxes.map(({ pid }) => pid).join(', ');
  return { sandboxes, guest: { description: `sandboxes whose process 1 is ${pids} here`, ended, stop } };
}

async function join(
  nodes: readonly Node[],
  sandboxes: readonly Sandbox[],
  tools: HostTools,
  userNamespaceOf: number,
): Promise<Segment> {
  const { nsenter = 'nsenter', unshare = 'unshare', bash = 'bash', ip = 'ip' } = tools.found;
  const segment = await openSegment({ nsenter, unshare, bash, ip }, userNamespaceOf);
  try {
    for (const [index, node] of nodes.entries()) await segment.plugIn(node, sandboxes[index]?.pid ?? 0);
  } catch (error) {
    segment.close();
    throw new StepError({ step: 'to join the nodes', detail: String(error) });
  }
  return segment;
}
