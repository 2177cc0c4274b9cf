import { hasFlag, operands, type Pattern } from './command';

/** Names of links that reach the world, by the usual schemes (systemd.net-naming-scheme(7)), or not known before it runs. */
const UPLINK = /^(eth\d|en[opsxP]\w|wl\w|ww\w|bond\d|venet\d|ens\d|eno\d|\$)/;
const FIREWALLS = /^(ip6?tables|ip6?tables-(legacy|nft))$/;

/** What cuts the network off. Of the namespace it runs in: harmless for the host in any but its own. */
export const network: readonly Pattern[] = [
  ({ program, args }) =>
    FIREWALLS.test(program) && args.some((arg) => /^(-F|--flush|-X|--delete-chain)$/.test(arg))
      ? 'flushes the firewall'
      : null,
  ({ program, args }) =>
    (FIREWALLS.test(program) && closesPolicy(args)) ||
    (program === 'nft' && /\bhook (input|output)\b.*\bpolicy drop\b/.test(args.join(' '))) ||
    (program === 'firewall-cmd' && args.includes('--panic-on'))
      ? 'closes the firewall for everything, your connection too'
      : null,
  ({ program, args }) =>
    (FIREWALLS.test(program) && dropsSsh(args)) ||
    (program === 'nft' && /\bdport \{?[^}]*\b(22|ssh)\b.*\b(drop|reject)\b/.test(args.join(' '))) ||
    (program === 'ufw' && /\b(deny|reject)\b.*\b(22|ssh)\b/i.test(args.join(' ')))
      ? 'blocks connections by SSH'
      : null,
  ({ program, args }) =>
    (program === 'nft' &&
      (/^(flush ruleset|(delete|destroy) (table|chain)|flush (table|chain))/.test(operands(args).join(' ')) ||
        hasFlag(args, 'f', 'file'))) ||
    /^ip6?tables-restore$/.test(program)
      ? 'replaces or flushes the firewall'
      : null,
  ({ program, args }) =>
    program === 'ufw' && args.some((arg) => /^(enable|disable|reset|default)$/.test(arg))
      ? 'changes the whole firewall'
      : null,
  ({ program, args }) => (program === 'ip' && cutsUplink(operands(args)) ? 'takes the uplink away' : null),
  ({ program, args }) => {
    const link = args.find((arg) => UPLINK.test(arg));
    const words = args.join(' ');
    return (program === 'ifdown' && (link !== undefined || args.includes('-a'))) ||
      (program === 'ifconfig' && link !== undefined && args.includes('down')) ||
      (program === 'nmcli' && /\b(networking off|down|disconnect)\b/.test(words)) ||
      (program === 'networkctl' && /^(down|delete)\b/.test(words)) ||
      (/^(brctl|ovs-vsctl)$/.test(program) && link !== undefined && /\badd(if|-port)\b/.test(words)) ||
      (program === 'tc' && link !== undefined && /\bqdisc (add|replace|change)\b/.test(words)) ||
      (/^(dhclient|dhcpcd)$/.test(program) && hasFlag(args, 'r', 'x', 'k', 'release'))
      ? 'takes the uplink away'
      : null;
  },
  ({ program, args }) =>
    (program === 'route' && args[0] === 'del' && args.includes('default')) ||
    (program === 'ip' && changesWayOut(operands(args)))
      ? 'removes or changes the route to the world'
      : null,
  ({ program, args }) =>
    program === 'netplan' && /^(apply|try)$/.test(args[0] ?? '') ? 'changes the whole network' : null,
];

function closesPolicy(args: readonly string[]): boolean {
  return args.some(
    (arg, at) =>
      /^(-P|--policy)$/.test(arg) &&
      /^(INPUT|OUTPUT)$/.test(args[at + 1] ?? '') &&
      /^(DROP|REJECT)$/.test(args[at + 2] ?? ''),
  );
}

function dropsSsh(args: readonly string[]): boolean {
  const words = args.join(' ');
  if (
    !/(-A|-I|--append|--insert) (INPUT|OUTPUT)\b/.test(words) ||
    !/(-j|--jump) (DROP|REJECT)\b/.test(words)
  ) {
    return false;
  }
  const narrowed =
    /(-s|-d|-i|-o|--source|--destination|--in-interface|--out-interface|--dport|--sport|--dports|-m) /;
  return /--d(estination-)?ports? (\S*,)?(22|ssh)(,\S*)?( |$)/.test(words) || !narrowed.test(`${words} `);
}

/** `ip link set eth0 down`, `delete`, into a bridge or namespace, and `ip addr flush` or `del` on it. */
function cutsUplink(words: readonly string[]): boolean {
  const [object = '', verb = ''] = words;
  const link = words.slice(2).find((word) => UPLINK.test(word));
  if (link === undefined) return false;
  if (isShortFor(object, 'link')) {
    const changes = words.some((word) => /^(down|master|netns|nomaster)$/.test(word));
    return (isShortFor(verb, 'set') && changes) || isShortFor(verb, 'delete');
  }
  return isShortFor(object, 'address') && (isShortFor(verb, 'flush') || isShortFor(verb, 'delete'));
}

function changesWayOut([object = '', verb = '', ...rest]: readonly string[]): boolean {
  const flushes = isShortFor(verb, 'flush');
  if (isShortFor(object, 'rule') && object.length > 1) return flushes;
  if (!isShortFor(object, 'route')) return false;
  const ofAll = rest.some((word) => /^(default|all|0\.0\.0\.0\/0|::\/0)$/.test(word));
  // Tables of one's own decide nothing that no rule sends there.
  const table = rest[rest.indexOf('table') + 1] ?? '';
  if (rest.includes('table') && !/^(main|local|default|all|25[345]|\$.*)$/.test(table)) return false;
  const takes = ['delete', 'replace', 'change'].some((whole) => isShortFor(verb, whole));
  return (flushes && !rest.includes('cache')) || (takes && ofAll);
}

/** iproute2 takes any beginning of its words: `ip l s eth0 down`. */
function isShortFor(word: string, whole: string): boolean {
  return word !== '' && whole.startsWith(word);
}
