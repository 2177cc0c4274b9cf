/** Looks for what a machine may leave behind on the host. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Namespaces by their identity, such as `net:[4026531992]`, of every process we may look at. */
export function namespacesInUse(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    for (const kind of ['user', 'mnt', 'net', 'pid', 'ipc', 'uts', 'cgroup'])
      try {
        found.add(readlinkSync(`/proc/${pid}/ns/${kind}`));
      } catch {
        // Gone meanwhile, or not ours to look at.
      }
  return found;
}

/** The mount table of the host, as the tests see it. */
export function mounts(): string {
  return readFileSync('/proc/self/mountinfo', 'utf8');
}

/** Waits until the condition holds; false when it does not within the time. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** False for zombies too: they are over, and only wait for a parent that this test may not control. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Control groups that the server with this process id made, in the first level of every hierarchy. */
export function controlGroups(pid: number): readonly string[] {
  const root = '/sys/fs/cgroup';
  const hierarchies = [root, ...readdirSync(root).map((name) => `${root}/${name}`)];
  return hierarchies
    .filter((folder) => statSync(folder).isDirectory())
    .flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith(`labpath-${pid}-`)));
}

/** Ids of processes whose command line begins so, in whatever namespace. */
export function processesCalled(name: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(name);
      } catch {
        return false;
      }
    });
}
