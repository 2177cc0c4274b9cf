import { shellQuote } from '../base/quote';
import script from './machineState.bash';

/** Bash source that prints a machine's state for `readState`. */
export const STATE_SCRIPT: string = script;

/** What stands on a machine: kind (`link`, `route in red`) → things. */
export type MachineState = ReadonlyMap<string, readonly string[]>;

export interface StateChange {
  /** `link`, `address`, `route`, `rule`, `namespace`, `mount`, `listening`, `process`, …; ` in NAME` behind it. */
  readonly kind: string;
  readonly change: 'added' | 'removed';
  readonly thing: string;
}

export function readState(text: string): MachineState {
  const state = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab < 1) continue;
    const kind = line.slice(0, tab);
    const things = state.get(kind) ?? [];
    things.push(line.slice(tab + 1));
    state.set(kind, things);
  }
  return state;
}

/** What came and what went, kind by kind. */
export function changesBetween(before: MachineState, after: MachineState): StateChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((kind) => {
    const old = before.get(kind) ?? [];
    const fresh = after.get(kind) ?? [];
    return [
      ...without(old, fresh).map((thing) => ({ kind, change: 'removed' as const, thing })),
      ...without(fresh, old).map((thing) => ({ kind, change: 'added' as const, thing })),
    ];
  });
}

/**
 * Commands that take back what was added, last things first; what goes along with a namespace or a link needs none. A
 * suggestion to read, never run by itself.
 */
export function cleanupFor(changes: readonly StateChange[]): string[] {
  const added = changes.filter(({ change }) => change === 'added');
  const namespaces = new Set(added.filter(({ kind }) => kind === 'namespace').map(({ thing }) => thing));
  const links = new Set(
    added.filter(({ kind }) => kind.startsWith('link')).map(({ thing }) => firstWord(thing)),
  );
  const commands = added.flatMap(({ kind, thing }) => {
    const [what = '', where] = kind.split(' in ', 2);
    if (where !== undefined && namespaces.has(where)) return [];
    const enter = where === undefined ? '' : `ip netns exec ${shellQuote(where)} `;
    const command = undo(what, thing, links);
    return command === null ? [] : [{ rank: ORDER.indexOf(what), command: enter + command }];
  });
  return [...new Set(commands.sort((a, b) => a.rank - b.rank).map(({ command }) => command))];
}

/** What is taken down first: programs before what they use, links before namespaces. */
const ORDER = [
  'process',
  'mount',
  'iptables',
  'rule',
  'neighbour',
  'route',
  'address',
  'link',
  'namespace',
  'setting',
];

function undo(what: string, thing: string, links: ReadonlySet<string>): string | null {
  const words = thing.split(' ');
  const device = words[words.indexOf('dev') + 1] ?? '';
  const goesAlong = words.includes('dev') && links.has(device);
  switch (what) {
    case 'process':
      return `kill ${firstWord(thing)}`;
    case 'mount':
      return `umount ${shellQuote(thing)}`;
    case 'iptables':
      return `iptables ${thing.replace(' -A ', ' -D ')}`;
    case 'rule':
      return `ip rule del ${thing.replace(/^\d+:\s*/, '')}`;
    case 'neighbour':
      return goesAlong ? null : `ip neigh del ${thing}`;
    case 'route':
      // The kernel's own routes go with the address that made them.
      return goesAlong || words.includes('kernel') ? null : `ip route del ${thing}`;
    case 'address':
      return goesAlong ? null : `ip addr del ${thing}`;
    case 'link':
      return `ip link del ${shellQuote(firstWord(thing))}`;
    case 'namespace':
      return `ip netns del ${shellQuote(thing)}`;
    case 'setting':
      return `sysctl -w ${thing.replace(/ = .*/, '')}=${thing.endsWith('1') ? 0 : 1}`;
    default:
      return null;
  }
}

function firstWord(thing: string): string {
  return /^[^\s:]+/.exec(thing)?.[0] ?? '';
}

/** The things of `list` that `other` has less often. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const thing of other) left.set(thing, (left.get(thing) ?? 0) + 1);
  return list.filter((thing) => {
    const count = left.get(thing) ?? 0;
    left.set(thing, count - 1);
    return count <= 0;
  });
}
