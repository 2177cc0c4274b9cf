import { hasFlag, operands, overwritten, type Pattern } from './command';

/** Folders without which the machine does not live, with all that is in them. */
const SYSTEM =
  /^(\/|\/\*|\/(bin|boot|dev|etc|home|lib\w*|opt|proc|root|run|sbin|srv|sys|usr|var)(\/\*|\/)?|~\/?|~\/\*|\$HOME\/?|\$\{HOME\}\/?|\$HOME\/\*)$/;
/** Files that decide who gets in and what starts. */
const NEEDED =
  /^\/etc\/(passwd|shadow|group|gshadow|sudoers|sudoers\.d\/.*|fstab|nsswitch\.conf|ld\.so\.preload|pam\.d\/.*|pam\.conf|ssh\/sshd_config(\.d\/.*)?|ssh\/ssh_host_.*|network\/interfaces|netplan\/.*)$|^\/boot\/./;

/** What destroys the system's files. */
export const files: readonly Pattern[] = [
  ({ program, args }) =>
    program === 'rm' && hasFlag(args, 'r', 'R', 'recursive') && operands(args).some(isSystem)
      ? 'removes the system or your home folder'
      : null,
  ({ program, args }) =>
    program === 'find' &&
    isSystem(operands(args)[0] ?? '') &&
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
  ({ program, args }) =>
    /^(rm|unlink|shred)$/.test(program) && operands(args).some(isNeeded)
      ? 'removes a file the system needs'
      : null,
  (command) => (overwritten(command).some(isNeeded) ? 'writes over a file the system needs' : null),
];

/** Whether a path is a folder the system needs, or everything in it. */
export function isSystem(path: string): boolean {
  return SYSTEM.test(plain(path) || '/');
}

function isNeeded(path: string): boolean {
  return NEEDED.test(plain(path));
}

/** Without the dots and slashes that change nothing. */
function plain(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/(\/\.)+(?=\/|$)/g, '');
}
