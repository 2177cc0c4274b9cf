/** One kind of danger: what a command does, or null when it does not. */
type Pattern = (command: Command) => string | null;

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly writesTo: readonly string[];
}

/** Folders without which the machine does not live, with all that is in them. */
const SYSTEM =
  /^(\/|\/\*|\/(bin|boot|dev|etc|home|lib\w*|opt|proc|root|run|sbin|srv|sys|usr|var)(\/\*|\/)?|~\/?|~\/\*|\$HOME\/?|\$\{HOME\}\/?|\$HOME\/\*)$/;
/** Disks and what is made of them; loop and memory devices hold nothing but what a lab put there. */
const DEVICE = /^\/dev\/(?!null$|zero$|full$|random$|urandom$|tty|pts\/|std|fd\/|shm|loop|ram|zram|kmsg)\S/;
/** Names of links that reach the world, by the usual schemes (systemd.net-naming-scheme(7)), or not known before it runs. */
const UPLINK = /^(eth\d|en[opsxP]\w|wl\w|ww\w|bond\d|venet\d|ens\d|eno\d|\$)/;
const FIREWALLS = /^(ip6?tables|ip6?tables-(legacy|nft))$/;
const SERVICES =
  /^(ssh|sshd|dropbear|network|networking|NetworkManager|systemd-networkd|systemd-resolved|nftables|firewalld|ufw|iptables|netplan)(\.(service|socket))?$/;

const disks: readonly Pattern[] = [
  ({ program, args }) =>
    /^(mkfs(\.\w+)?|mke2fs|mkswap|mkdosfs)$/.test(program) && operands(args).some(mayBeDevice)
      ? 'formats a disk'
      : null,
  ({ program, args }) =>
    program === 'dd' && args.some((arg) => arg.startsWith('of=') && isDisk(arg.slice(3)))
      ? 'writes over a disk'
      : null,
  ({ program, args }) =>
    /^(wipefs|blkdiscard|shred|sgdisk|sfdisk|fdisk|cfdisk|parted|gdisk|badblocks|hdparm|nvme|cryptsetup)$/.test(
      program,
    ) &&
    operands(args).some(isDisk) &&
    !args.some((arg) => /^(-l|--list|print|-p|status|isLuks|luksDump|-I|-i)$/.test(arg))
      ? 'changes or erases a disk'
      : null,
  ({ program }) =>
    /^(lvremove|vgremove|pvremove)$/.test(program) ? 'removes volumes and what is on them' : null,
  ({ program, args }) =>
    program === 'zpool' && args[0] === 'destroy' ? 'removes a storage pool and what is on it' : null,
  ({ writesTo }) => (writesTo.some(isDisk) ? 'writes over a disk' : null),
  ({ program, args }) =>
    /^(tee|cp)$/.test(program) && isDisk(operands(args).at(-1) ?? '') ? 'writes over a disk' : null,
];

const files: readonly Pattern[] = [
  ({ program, args }) =>
    program === 'rm' && hasFlag(args, 'r', 'R', 'recursive') && operands(args).some(isSystem)
      ? 'removes the system or your home folder'
      : null,
  ({ program, args }) =>
    program === 'find' &&
    SYSTEM.test(operands(args)[0] ?? '') &&
    args.some((arg, at) => arg === '-delete' || (arg === '-exec' && /^(rm|shred)$/.test(args[at + 1] ?? '')))
      ? 'removes files all over the system'
      : null,
  ({ program, args }) =>
    /^(chmod|chown|chgrp)$/.test(program) && hasFlag(args, 'R', 'recursive') && operands(args).some(isSystem)
      ? 'changes who may use the files of the whole system'
      : null,
  ({ program, args }) =>
    program === 'mv' && operands(args).some((arg) => /^\/(bin|boot|etc|lib\w*|sbin|usr|var)\/?$/.test(arg))
      ? 'moves a folder the system needs'
      : null,
  ({ writesTo }) =>
    writesTo.some((file) => /^\/etc\/(passwd|shadow|sudoers|fstab|ssh\/sshd_config)$/.test(file))
      ? 'writes over a file the system needs'
      : null,
];

const access: readonly Pattern[] = [
  ({ program, args, writesTo }) =>
    (program === 'rm' && args.some(isKeyFile)) || writesTo.some(isKeyFile)
      ? 'takes away the keys you log in with'
      : null,
  ({ program, args }) =>
    (program === 'systemctl' &&
      args.some((arg) => /^(stop|disable|mask|restart|kill)$/.test(arg)) &&
      args.some((arg) => SERVICES.test(arg))) ||
    (program === 'service' && SERVICES.test(args[0] ?? '') && /^(stop|restart)$/.test(args[1] ?? ''))
      ? 'stops a service your connection needs'
      : null,
  ({ program, args }) =>
    /^(pkill|killall)$/.test(program) && args.some((arg) => /^sshd?$/.test(arg))
      ? 'ends the SSH server'
      : null,
  ({ program, args }) =>
    (program === 'passwd' && hasFlag(args, 'l', 'd', 'lock')) ||
    (program === 'usermod' && hasFlag(args, 'L', 'lock')) ||
    /^(userdel|deluser)$/.test(program)
      ? 'locks or removes a user'
      : null,
];

/** Of the namespace they run in: harmless for the host in any but its own. */
const network: readonly Pattern[] = [
  ({ program, args }) =>
    FIREWALLS.test(program) && args.some((arg) => /^(-F|--flush|-X|--delete-chain)$/.test(arg))
      ? 'flushes the firewall'
      : null,
  ({ program, args }) =>
    FIREWALLS.test(program) &&
    args.some(
      (arg, at) =>
        /^(-P|--policy)$/.test(arg) &&
        /^(INPUT|OUTPUT)$/.test(args[at + 1] ?? '') &&
        /^(DROP|REJECT)$/.test(args[at + 2] ?? ''),
    )
      ? 'closes the firewall for everything, your connection too'
      : null,
  ({ program, args }) => (FIREWALLS.test(program) && dropsSsh(args) ? 'blocks connections by SSH' : null),
  ({ program, args }) =>
    (program === 'nft' &&
      (/^(flush ruleset|delete (table|chain)|flush (table|chain))/.test(operands(args).join(' ')) ||
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
    return (/^ifdown$/.test(program) && (link !== undefined || args.includes('-a'))) ||
      (program === 'ifconfig' && link !== undefined && args.includes('down')) ||
      (program === 'nmcli' && /\b(networking off|down|disconnect)\b/.test(args.join(' ')))
      ? 'takes the uplink away'
      : null;
  },
  ({ program, args }) =>
    (program === 'route' && args[0] === 'del' && args.includes('default')) ||
    (program === 'ip' &&
      /^(r|ro|route) (del|delete|d|flush)\b.*(default|all|0\.0\.0\.0\/0|table main|cache)?$/.test(
        operands(args).join(' '),
      ) &&
      /default|flush|0\.0\.0\.0\/0/.test(args.join(' ')))
      ? 'removes the route to the world'
      : null,
  ({ program, args }) =>
    program === 'netplan' && /^(apply|try)$/.test(args[0] ?? '') ? 'changes the whole network' : null,
];

const machine: readonly Pattern[] = [
  ({ program, args }) =>
    /^(shutdown|reboot|poweroff|halt)$/.test(program) ||
    (/^(init|telinit)$/.test(program) && /^[06]$/.test(args[0] ?? '')) ||
    (program === 'systemctl' &&
      args.some((arg) => /^(reboot|poweroff|halt|kexec|rescue|emergency)$/.test(arg)))
      ? 'stops the machine'
      : null,
  ({ program, args }) =>
    program === 'kill' && args.includes('-1') && args.length > 1 ? 'ends every process' : null,
  ({ writesTo }) => (writesTo.includes('/proc/sysrq-trigger') ? 'stops the machine at once' : null),
];

/**
 * What a command may do to its host, as clauses; none for most commands.
 *
 * @param program its name without path
 * @param inNetns it runs in a network namespace that is not the host's own
 */
export function dangerOf(
  program: string,
  args: readonly string[],
  writesTo: readonly string[],
  inNetns: boolean,
): string[] {
  const patterns = [...disks, ...files, ...access, ...machine, ...(inNetns ? [] : network)];
  const command = { program, args, writesTo };
  return patterns.map((pattern) => pattern(command)).filter((what) => what !== null);
}

function operands(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-'));
}

/** A long option, or a letter among short ones (`-rf`). */
function hasFlag(args: readonly string[], ...names: readonly string[]): boolean {
  return args.some((arg) =>
    names.some((name) =>
      name.length === 1 ? /^-[A-Za-z]+$/.test(arg) && arg.includes(name) : arg === `--${name}`,
    ),
  );
}

function isDisk(path: string): boolean {
  return DEVICE.test(path);
}

/** A disk, or something only the run will tell (`"$DISK"`). */
function mayBeDevice(path: string): boolean {
  return isDisk(path) || path.startsWith('$');
}

function isSystem(path: string): boolean {
  return SYSTEM.test(path.replace(/\/{2,}/g, '/').replace(/(\/\.)+(?=\/|$)/g, '') || '/');
}

function isKeyFile(path: string): boolean {
  return /(^|\/)\.ssh(\/(authorized_keys2?|\*)?)?$/.test(path);
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
  return /--d(estination-)?ports? (\S*,)?22(,\S*)?( |$)/.test(words) || !narrowed.test(`${words} `);
}

/** `ip link set eth0 down`, `delete`, into a bridge or namespace, and `ip addr flush` or `del` on it. */
function cutsUplink(words: readonly string[]): boolean {
  const [object = '', verb = ''] = words;
  const link = words.slice(2).find((word) => UPLINK.test(word));
  if (link === undefined) return false;
  if (/^(l|li|lin|link)$/.test(object)) {
    const changes = words.some((word) => /^(down|master|netns|nomaster)$/.test(word));
    return (verb === 'set' && changes) || /^(del|delete)$/.test(verb);
  }
  return /^(a|ad|addr|address)$/.test(object) && /^(flush|del|delete|f|d)$/.test(verb);
}
