/**
 * When a process started, in clock ticks since boot, as text (proc(5), stat field 22). Null when there is no such
 * process, or when it is a zombie that only waits for its parent.
 */
export async function processStartTime(pid: number): Promise<string | null> {
  const { readFile } = await import('node:fs/promises');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // Field 2 is the program's name in parentheses, which may itself hold spaces and parentheses.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? null : (fields[18] ?? null);
}

/**
 * Whether the process still is the one that had this start time. Where processes cannot be looked at (no /proc, or no
 * leave to read it) the record is believed: connecting then tells.
 */
export async function isSameProcess(pid: number, startTime: string | undefined): Promise<boolean> {
  if (!(await canSeeProcesses())) return true;
  const found = await processStartTime(pid);
  return found !== null && (startTime === undefined || found === startTime);
}

async function canSeeProcesses(): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  return readFile('/proc/self/stat', 'utf8').then(
    () => true,
    () => false,
  );
}
