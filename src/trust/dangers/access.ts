import { hasFlag, operands, overwritten, type Pattern } from './command';

const SERVICES =
  /^(ssh|sshd|dropbear|network|networking|NetworkManager|systemd-networkd|systemd-resolved|nftables|firewalld|ufw|iptables|netplan)(\.(service|socket))?$/;
/** Without these nobody gets in, or nothing starts. */
const PACKAGES =
  /^(openssh-server|openssh|dropbear|sudo|systemd|network-manager|ifupdown|netplan\.io|linux-image\S*|libc6|bash|coreutils)$/;

/** What takes away the way in: keys, accounts, the SSH server. */
export const access: readonly Pattern[] = [
  (command) =>
    (command.program === 'rm' && operands(command.args).some(isKeyFile)) ||
    overwritten(command).some(isKeyFile)
      ? 'changes or removes the keys you log in with'
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
    (program === 'passwd' && hasFlag(args, 'l', 'd', 'lock', 'delete', 'e', 'expire')) ||
    (program === 'usermod' && hasFlag(args, 'L', 'lock', 'e', 'expiredate')) ||
    (program === 'chage' && hasFlag(args, 'E', 'expiredate')) ||
    (/^(usermod|chsh)$/.test(program) && args.some((arg) => /\/(nologin|false)$/.test(arg))) ||
    /^(userdel|deluser)$/.test(program)
      ? 'locks or removes a user'
      : null,
  ({ program, args }) =>
    /^(apt|apt-get|dnf|yum|zypper|pacman|apk|dpkg|rpm)$/.test(program) &&
    args.some((arg) => /^(remove|purge|autoremove|erase|del|-R\w*|-r|-P|--purge|--remove|-e)$/.test(arg)) &&
    operands(args).some((arg) => PACKAGES.test(arg))
      ? 'removes a program your connection or the system needs'
      : null,
];

function isKeyFile(path: string): boolean {
  return /(^|\/)\.ssh(\/(authorized_keys2?|\*)?)?$/.test(path);
}
