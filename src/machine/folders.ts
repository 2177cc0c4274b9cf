import { chmod, mkdir, rm } from 'node:fs/promises';
import { problem, ProblemError } from '../base/problem';
import { machineFiles, type Environment } from './folder';
import { ensureKeys } from './keys';
import { nodesOf } from './nodes';
import type { MachineOptions } from './options';

/** The folders of a machine's nodes, with their keys. */
export async function prepareFolders(
  name: string,
  { nodes }: MachineOptions,
  env: Environment,
  sshKeygen: string,
): Promise<void> {
  const all = nodesOf(name, nodes).map(({ machine }) => machineFiles(machine, env));
  await Promise.all(
    all.map(async (files) => {
      await ensureFolder(files.folder);
      await ensureKeys(files, sshKeygen);
    }),
  );
}

/** The state folder holds private keys: only its owner may look inside. */
export async function ensureFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  } catch (error) {
    throw new ProblemError(
      problem(
        'The lab machine has no place for its state.',
        `${folder} cannot be made, or is not yours: ${error instanceof Error ? error.message : String(error)}.`,
        'Make it writable for you alone, or point XDG_STATE_HOME to a folder that is.',
      ),
      { cause: error },
    );
  }
}

/** Removes everything machines left on disk: keys, ssh config, log. */
export async function removeFolders(machines: readonly string[], env: Environment): Promise<void> {
  for (const machine of machines)
    await rm(machineFiles(machine, env).folder, { recursive: true, force: true });
}
