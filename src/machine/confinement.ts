import { access, constants, mkdir, readdir, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from './limits';
import { processStartTime } from './processes';
import { noRc } from './userNamespace';

/** What holds the processes of a sandbox to its limits. */
export interface Confinement {
  /** The command line that runs a command under the limits. */
  wrap(command: readonly string[]): readonly string[];
  /** Which limits hold, for the log. */
  readonly description: string;
  /** Takes the control groups away, once nothing runs in them any more. */
  remove(): Promise<void>;
}

export interface ConfinementTools {
  readonly prlimit: string;
  readonly bash: string;
}

/** Where control groups are mounted; another folder in tests. */
const mount = '/sys/fs/cgroup';

/** Writes its own process into each group; one that does not take it is left out, the others still hold. */
const joinScript =
  'for group; do shift; [[ $group == -- ]] && break; echo 0 >"$group/cgroup.procs"; done 2>/dev/null; exec "$@"';

/**
 * Limits processes through setrlimit(2), which holds everywhere: root inside a user namespace cannot raise it. Memory,
 * and the sum of processes of all users inside, through control groups where this user may make them.
 */
export async function confine(
  name: string,
  limits: Limits,
  tools: ConfinementTools,
  cgroups = mount,
): Promise<Confinement> {
  await sweepGroups(cgroups);
  const groups = await makeGroups(`labpath-${process.pid}-${name}`, limits, cgroups);
  const join = groups.length === 0 ? [] : [tools.bash, ...noRc, '-c', joinScript, 'join', ...groups, '--'];
  return {
    wrap: (command) => [
      ...[tools.prlimit, `--nproc=${limits.processes}:${limits.processes}`, '--core=0:0', '--'],
      ...join,
      ...command,
    ],
    description:
      groups.length === 0 ? 'process limits only: no control group can be made here' : groups.join(', '),
    async remove() {
      await Promise.all(groups.map(removeGroup));
    },
  };
}

/** What systemd delegates to a logged-in user (systemd.resource-control(5), Delegate=); the root has the whole tree. */
function unifiedParent(cgroups: string): string {
  const uid = process.getuid?.() ?? 0;
  return uid === 0 ? cgroups : path.join(cgroups, `user.slice/user-${uid}.slice/user@${uid}.service`);
}

/** Removes the groups of servers that were killed: their names tell whose they are. One in use cannot be removed. */
export async function sweepGroups(cgroups = mount): Promise<void> {
  for (const parent of [unifiedParent(cgroups), path.join(cgroups, 'memory'), path.join(cgroups, 'pids')])
    for (const name of await readdir(parent).catch(() => [])) {
      const [, pid] = /^labpath-(\d+)-/.exec(name) ?? [];
      if (pid !== undefined && (await processStartTime(Number(pid))) === null)
        await rmdir(path.join(parent, name)).catch(() => undefined);
    }
}

/** The groups that could be made, with their limits set; absolute folders. */
async function makeGroups(name: string, limits: Limits, cgroups: string): Promise<readonly string[]> {
  const isUnified = await can(path.join(cgroups, 'cgroup.controllers'), constants.R_OK);
  const memory = String(Math.floor(limits.memory));
  const pids = String(2 * limits.processes);
  if (!isUnified) {
    const made = await Promise.all([
      makeGroup(path.join(cgroups, 'memory', name), { 'memory.limit_in_bytes': memory }),
      makeGroup(path.join(cgroups, 'pids', name), { 'pids.max': pids }),
    ]);
    return made.filter((group) => group !== null);
  }
  const group = await makeGroup(path.join(unifiedParent(cgroups), name), {
    'memory.max': memory,
    'pids.max': pids,
  });
  return group === null ? [] : [group];
}

/** Null where the group, or every limit of it, is refused. */
async function makeGroup(folder: string, limits: Readonly<Record<string, string>>): Promise<string | null> {
  // A parent that is no control group would be made into a plain folder.
  if (!(await can(path.join(path.dirname(folder), 'cgroup.procs'), constants.R_OK))) return null;
  try {
    await mkdir(folder, { recursive: true });
    const set = await Promise.all(
      Object.entries(limits).map(([file, value]) =>
        writeFile(path.join(folder, file), value).then(
          () => true,
          () => false,
        ),
      ),
    );
    if (set.includes(true)) return folder;
    await removeGroup(folder);
    return null;
  } catch {
    return null;
  }
}

/** The kernel lets go of the last process of a group a moment after its end. */
async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      await sleep(20);
    }
  }
}

function can(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
