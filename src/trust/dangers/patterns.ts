import { access } from './access';
import type { Command } from './command';
import { disks } from './disks';
import { files } from './files';
import { machine } from './machine';
import { network } from './network';

/**
 * What a command may do to its host, as clauses; none for most commands.
 *
 * @param inNetns it runs in a network namespace that is not the host's own
 */
export function dangerOf(command: Command, inNetns: boolean): string[] {
  const patterns = [...disks, ...files, ...access, ...machine, ...(inNetns ? [] : network)];
  return patterns.map((pattern) => pattern(command)).filter((what) => what !== null);
}
