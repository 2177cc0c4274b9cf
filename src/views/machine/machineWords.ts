import type { AdoptedMachine, MachineRecord } from '../../machine/state';
import type { MachineControl } from './machineControl';

/** The lab machine in two words, for the status bar. */
export function machineInShort({ machine, action }: Pick<MachineControl, 'machine' | 'action'>): string {
  switch (action) {
    case 'start':
      return 'Lab starting …';
    case 'reset':
      return 'Lab resetting …';
    case 'stop':
      return 'Lab stopping …';
    case 'fix':
      return 'Lab installing …';
    case null:
      return machine === null ? 'Lab off' : `Lab on${kindInShort(machine)}`;
  }
}

/** The lab machine in a sentence, for its page and its notice. */
export function machineInWords(machine: MachineRecord | AdoptedMachine | null): string {
  if (machine === null) return 'The lab machine does not run.';
  if (machine.kind === 'host') return `The lab machine is your host ${machine.destination}.`;
  const what = machine.kind === 'vm' ? 'A virtual machine' : 'A sandbox';
  const others = machine.nodes.slice(1).map(({ node }) => node);
  const and = others.length === 0 ? '' : ` with ${others.join(', ')} on its network`;
  return `${what}${and} runs since ${machine.startedAt.slice(0, 16).replace('T', ' ')} UTC, on port ${machine.port} of this computer.`;
}

function kindInShort({ kind }: MachineRecord | AdoptedMachine): string {
  return { sandbox: '', vm: ' (VM)', host: ' (host)' }[kind];
}
