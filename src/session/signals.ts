/** Linux's signal numbers (signal(7), the numbers shared by x86, ARM and RISC-V). */
const names = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU ' +
  'XFSZ VTALRM PROF WINCH IO PWR SYS'
).split(' ');

/**
 * The signal behind an exit status of bash, which reports a death by signal n as 128+n. A program that ends itself with
 * such a status cannot be told apart. Null below 129 and above the last signal.
 */
export function signalOfStatus(exitStatus: number): string | null {
  return names[exitStatus - 129] ?? null;
}
