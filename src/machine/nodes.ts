import type { AdoptedMachine, MachineRecord } from './state';

/** One Linux of a lab machine. A machine of one node has no segment. */
export interface Node {
  /** As `node=` in a note names it: `lab`, `node1`, `node2` … */
  readonly node: string;
  /** The machine's name for ssh, its state folder and its host name; equal to `node` for the machine `lab`. */
  readonly machine: string;
  /** Its address on the segment that joins the nodes, with the prefix length. */
  readonly address: string;
}

/** Together with the bridge's own limits, more makes no sense on one computer. */
export const mostNodes = 9;

/** The nodes of a machine: `lab` alone, or `lab`, `node1`, … on 192.168.50.0/24. */
export function nodesOf(name: string, count: number): readonly Node[] {
  const prefix = name === 'lab' ? '' : `${name}-`;
  return Array.from({ length: count }, (_, index) => ({
    node: index === 0 ? 'lab' : `node${index}`,
    machine: index === 0 ? name : `${prefix}node${index}`,
    address: `192.168.50.${10 + index}/24`,
  }));
}

/** Lines for /etc/hosts that name every node; none for a single one. */
export function hostsOf(nodes: readonly Node[]): string {
  if (nodes.length < 2) return '';
  return nodes
    .map(({ node, machine, address }) => {
      const names = [...new Set([machine, node])].join(' ');
      return `${address.replace(/\/.*/, '')}\t${names}\n`;
    })
    .join('');
}

/** How many Linuxes a machine consists of; a host of the user, or one that does not run, counts as a single one. */
export function nodeCount(machine: MachineRecord | AdoptedMachine | null): number {
  return machine === null || machine.kind === 'host' ? 1 : machine.nodes.length;
}
