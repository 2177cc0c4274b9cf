/** What a cell changes, looked at with real tools in namespaces of our own. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { changesBetween, cleanupFor, readState, type StateChange } from '../../src/runs/machineState';

const script = readFileSync('src/runs/machineState.bash', 'utf8');
const MARK = '=== now the other ===';

/** Runs commands in a fresh network and mount namespace and gives the state before and after. */
function around(before: string, commands: string): { changes: StateChange[]; again: StateChange[] } {
  const source = [
    'mount -t tmpfs tmpfs /run && ip link set lo up',
    before,
    ...[script, `echo '${MARK}'`, commands, 'sleep 0.1', script, `echo '${MARK}'`, script],
    'kill $(jobs -p) 2>/dev/null; true',
  ].join('\n');
  const text = execFileSync('unshare', ['-Urnmpf', '--mount-proc', 'bash', '-s'], {
    input: source,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [first = '', second = '', third = ''] = text.split(MARK);
  const [old, fresh, later] = [first, second, third].map(readState);
  if (!old || !fresh || !later) throw new Error(`Three states were expected, not: ${text}`);
  return { changes: changesBetween(old, fresh), again: changesBetween(fresh, later) };
}

describe('what a cell changed', () => {
  let changes: StateChange[] = [];
  let again: StateChange[] = [];
  const things = (kind: string, change = 'added') =>
    changes.filter((each) => each.kind === kind && each.change === change).map(({ thing }) => thing);

  beforeAll(() => {
    ({ changes, again } = around(
      'ip link add gone type veth peer name gone2',
      [
        'ip netns add red',
        'ip link add v0 type veth peer name v1',
        'ip link set v1 netns red',
        'ip addr add 10.9.0.1/24 dev v0; ip link set v0 up',
        'ip -n red addr add 10.9.0.2/24 dev v1; ip -n red link set v1 up',
        'ip route add 10.77.0.0/16 via 10.9.0.2',
        'ip rule add from 10.9.0.0/24 table 100',
        'mkdir -p /run/m && mount -t tmpfs tmpfs /run/m',
        'sleep 1000 & python3 -m http.server 8099 --bind 127.0.0.1 >/dev/null 2>&1 & sleep 1',
        'ip link del gone',
      ].join('\n'),
    ));
  }, 30_000);

  it('are links, addresses, routes, rules, namespaces, mounts, listening sockets and processes', () => {
    expect(things('namespace')).toEqual(['red']);
    expect(things('link').map((thing) => thing.split(':')[0])).toEqual(['v0']);
    expect(
      things('link', 'removed')
        .map((thing) => thing.split(':')[0])
        .sort(),
    ).toEqual(['gone', 'gone2']);
    expect(things('link in red').map((thing) => thing.split(':')[0])).toContain('v1');
    expect(things('address')).toEqual(['10.9.0.1/24 dev v0']);
    expect(things('route')).toContain('10.77.0.0/16 via 10.9.0.2 dev v0');
    expect(things('rule').join()).toContain('from 10.9.0.0/24 lookup 100');
    expect(things('mount')).toEqual(['/run/m']);
    expect(things('listening')).toEqual(['tcp 127.0.0.1:8099']);
    expect(things('process').join('\n')).toMatch(/\d+ sleep 1000/);
  });

  it('hold nothing that looking twice would change', () => {
    expect(again).toEqual([]);
  });

  it('are taken back by the commands that are suggested, things before what they hang on', () => {
    const commands = cleanupFor(changes);
    expect(commands.filter((command) => !command.startsWith('kill '))).toEqual([
      'umount /run/m',
      'ip rule del from 10.9.0.0/24 lookup 100',
      'ip link del v0',
      'ip netns del red',
    ]);
    expect(commands[0]).toMatch(/^kill \d+$/);
  });
});
