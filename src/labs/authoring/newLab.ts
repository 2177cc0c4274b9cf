import { renderFrontmatter, type StubContent } from '../../path/stubTemplate';

/**
 * A whole lab that holds as it stands: two namespaces and a cable. Who writes a new one changes a part at a time, and
 * has something that can be run and proved from the first minute on.
 */
export function newLab(content: StubContent): string {
  return `${renderFrontmatter(content, LAB_KEYS)}\n${body(content.title)}`;
}

const LAB_KEYS = [
  ['lab_level', '1'],
  ['lab_minutes', '15'],
  ['lab_env', 'sandbox'],
  ['lab_requires', '[cap/net_admin, tool/ip, tool/ping]'],
] as const;

function fence(info: string, ...lines: readonly string[]): string {
  return ['```' + info, ...lines, '```', ''].join('\n');
}

function body(title: string): string {
  return [
    '## Summary\n',
    `Say in two sentences what is learned in “${title}”. What stands below is an example that works: two network namespaces and a cable between them. Change one part at a time, and prove it after each change with \`labpath verify\`.\n`,
    '## Setup\n',
    'It runs before everything else and again after a cleanup, so it takes down first what is there.\n',
    fence(
      'bash {setup #setup}',
      'for ns in left right; do',
      '  if [ -e "/run/netns/$ns" ]; then ip netns del "$ns"; fi',
      '  ip netns add "$ns"',
      '  ip -n "$ns" link set lo up',
      'done',
      'ip link add eth0 netns left type veth peer name eth0 netns right',
      'ip -n left addr add 192.0.2.1/24 dev eth0',
      'ip -n right addr add 192.0.2.2/24 dev eth0',
      'ip -n left link set eth0 up',
      'ip -n right link set eth0 up',
      'echo "left and right are connected."',
    ),
    '## What healthy looks like\n',
    fence('bash {observe #cable}', "ip -n left -br link show dev eth0 | awk '{ print $2 }'"),
    fence('text {expect of=cable}', 'UP'),
    '## Checks\n',
    'Each prints one line of what it saw, whether it holds or not, and ends with status 0 only if it holds. A check waits a moment for what the kernel does a little later.\n',
    fence(
      'bash {check #carrier layer=link timeout=10}',
      'for _ in 1 2 3 4 5; do',
      "  state=$(ip -n left -br link show dev eth0 | awk '{ print $2 }')",
      '  if [ "$state" = UP ]; then break; fi',
      '  sleep 0.2',
      'done',
      'echo "eth0 of left is ${state:-missing}"',
      '[ "$state" = UP ]',
    ),
    fence(
      'bash {check #reach layer=ip timeout=20}',
      'for _ in 1 2 3; do',
      '  if ip netns exec left ping -c 1 -W 1 192.0.2.2 >/dev/null 2>&1; then echo "left reaches right"; exit 0; fi',
      'done',
      'echo "left does not reach right"',
      'exit 1',
    ),
    '## Faults\n',
    '`breaks=` names the checks that fail because of it, all of them and no others. “Capture symptom” writes below what the observations show then.\n',
    fence('bash {fault #cable-down breaks=carrier,reach}', 'ip -n right link set eth0 down'),
    fence('bash {fault #no-address breaks=reach hidden}', 'ip -n right addr flush dev eth0'),
    '## Hints\n',
    'They say where to look, never what to type.\n',
    fence(
      'bash {hint #hint-carrier for=carrier}',
      'echo "A cable has two ends. left says its own is: $(ip -n left -br link show dev eth0)"',
    ),
    fence(
      'bash {hint #hint-reach for=reach}',
      'echo "Compare the two: left has $(ip -n left -br -4 addr show dev eth0 | awk \'{ print $3 }\')."',
    ),
    '## Solutions\n',
    fence('bash {solution #mend-cable for=cable-down}', 'ip -n right link set eth0 up'),
    fence('bash {solution #mend-address for=no-address}', 'ip -n right addr add 192.0.2.2/24 dev eth0'),
    '## Cleanup\n',
    'It leaves nothing behind, and does not mind what is gone already.\n',
    fence(
      'bash {cleanup #cleanup}',
      'for ns in left right; do',
      '  if [ -e "/run/netns/$ns" ]; then ip netns del "$ns"; fi',
      'done',
    ).trimEnd() + '\n',
  ].join('\n');
}
