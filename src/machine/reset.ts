import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem, ProblemError } from '../base/problem';
import { machineFiles, type Environment } from './folder';
import { withLock } from './lock';
import { readMachine } from './read';
import type { MachineRecord } from './state';

const pollMs = 5;
const patienceMs = 900_000;

/** What the server of a machine takes as the wish for a fresh guest. Node keeps SIGUSR1 for its debugger. */
export const resetSignal = 'SIGUSR2';

/**
 * Replaces what runs as a machine by a fresh one, behind the same port and keys.
 *
 * @throws ProblemError when the machine does not run, or did not come back.
 */
export async function resetMachine(name: string, env: Environment): Promise<MachineRecord> {
  const files = machineFiles(name, env);
  const before = await readMachine(name, env);
  if (before === null) throw new ProblemError(notRunning(name));
  return withLock(files.lock, async () => {
    process.kill(before.pid, resetSignal);
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const now = await readMachine(name, env);
      if (now !== null && now.bootedAt !== before.bootedAt) return now;
      if (now === null || Date.now() > deadline)
        throw new ProblemError(
          problem(
            `The lab machine “${name}” did not come back from its reset.`,
            '',
            `What it said last is in ${files.log}. Start it with: labpath lab up`,
          ),
        );
      await sleep(pollMs);
    }
  });
}

function notRunning(name: string) {
  return problem(
    `The lab machine “${name}” does not run, so there is nothing to make fresh.`,
    '',
    `Start it with: labpath lab up${name === 'lab' ? '' : ` --name ${name}`}`,
  );
}
