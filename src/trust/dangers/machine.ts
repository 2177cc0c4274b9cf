import type { Pattern } from './command';

/** What ends the machine's running. */
export const machine: readonly Pattern[] = [
  ({ program, args }) =>
    /^(shutdown|reboot|poweroff|halt)$/.test(program) ||
    (/^(init|telinit)$/.test(program) && /^[06]$/.test(args[0] ?? '')) ||
    (program === 'systemctl' &&
      args.some((arg) => /^(reboot|poweroff|halt|kexec|rescue|emergency|suspend|hibernate)$/.test(arg)))
      ? 'stops the machine'
      : null,
  ({ program, args }) =>
    // `kill -9 -1`, but not `kill -1 4711`, which is only SIGHUP.
    (program === 'kill' && args.some((arg, at) => at > 0 && arg === '-1')) || program === 'killall5'
      ? 'ends every process'
      : null,
  ({ writesTo }) => (writesTo.includes('/proc/sysrq-trigger') ? 'stops the machine at once' : null),
];
