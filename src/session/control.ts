import type { ControlExec } from './channel';

/** What the far side's kernel says of a session's shell. */
export interface ShellState {
  /** The shell itself is in the terminal's foreground, and not a program it started. */
  readonly inFront: boolean;
  /** Process group in the terminal's foreground. */
  readonly group: number;
  /** The shell sleeps until somebody types. */
  readonly reading: boolean;
}

// In these scripts a process is named by number only, and none holds a single quote (see ControlExec).
// Behind the name in parentheses, /proc/PID/stat holds: 1 state, 2 ppid, 3 pgrp, 4 session, 5 tty, 6 tpgid (proc(5)).
export const readStat = (pid: number): string =>
  `p=${pid}; read -r s </proc/$p/stat || exit 1; s="\${s##*) }"; set -- $s; g=$6; `;

/** Rejects when the shell is gone, or the far side has no /proc. */
export async function shellState(control: ControlExec, pid: number): Promise<ShellState> {
  const answer = await control(`${readStat(pid)}read -r w </proc/$p/wchan; echo "$1 $g \${w:-0}"`);
  const [, state, group, waiting] = /^(\S) (-?\d+) (\S+)/m.exec(answer) ?? [];
  if (group === undefined) throw new Error(`The shell ${pid} could not be looked up.`);
  return {
    inFront: Number(group) === pid,
    group: Number(group),
    // wait_woken is where Linux parks a reader of a terminal; 0 stands for "not told" to other users.
    reading: state === 'S' && /^(wait_woken|n_tty_read|0)$/.test(waiting ?? ''),
  };
}

/** Signals the program in front. When the shell itself is, it gets INT once, and `shell` is the answer. */
export async function signalForeground(
  control: ControlExec,
  pid: number,
  signal: 'TERM' | 'KILL',
): Promise<'shell' | 'program'> {
  const interruptShell = signal === 'TERM' ? 'kill -INT "$p"' : ':';
  const answer = await control(
    `${readStat(pid)}if [ "$g" = "$p" ]; then echo shell; ${interruptShell}; else kill -${signal} -- "-$g"; fi`,
  );
  return answer.includes('shell') ? 'shell' : 'program';
}

/** Kills every process of the shell's session (setsid(2)), the shell included; not what only shares its terminal. */
export async function killSession(control: ControlExec, pid: number): Promise<void> {
  await control(killEach(pid, ':'));
}

/** Kills what is left of a process group of the shell's session. */
export async function killGroup(control: ControlExec, pid: number, group: number): Promise<void> {
  await control(killEach(pid, `[ "$3" = ${group} ]`));
}

/** The program in front learns it by SIGWINCH, as from the terminal's own end. */
export async function resizeTerminal(
  control: ControlExec,
  tty: string,
  columns: number,
  rows: number,
): Promise<void> {
  await control(`stty -F ${tty} rows ${rows} cols ${columns}`);
}

/** Session 0 is that of a leader outside of a container: it would be everybody's. */
function killEach(pid: number, condition: string): string {
  return (
    `${readStat(pid)}o=$4; [ "$o" = 0 ] && exit; ` +
    'for f in /proc/[0-9]*/stat; do read -r l <"$f" 2>/dev/null || continue; q=${f#/proc/}; ' +
    `q=\${q%/stat}; l="\${l##*) }"; set -- $l; [ "$4" = "$o" ] && ${condition} && kill -KILL "$q"; done; :`
  );
}
