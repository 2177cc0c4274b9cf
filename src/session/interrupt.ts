import type { ControlExec } from './channel';
import { killGroup, killSession, shellState, signalForeground } from './control';
import { wakeLine } from './frames';

export interface Interruptible {
  readonly pid: number;
  /** The shells of the session, which are no program of the cell. */
  readonly shells: readonly number[];
  /** Resolves to true when the run ends within `ms`. */
  endsWithin(ms: number): Promise<boolean>;
  /** ^C for the program in front; waits by itself until the cell has begun. */
  sendInterrupt(): void;
  type(bytes: Uint8Array): void;
  /** From now on the session itself is at stake; why it ended is to be told so. */
  giveUpSession(): void;
  /** Hangs up the terminal; the run ends as lost. */
  hangUp(): void;
}

/** How long ^C may be put off to learn which processes it is for, in milliseconds. */
const lookPatience = 2000;
/** How long each step may take before the next, in milliseconds. */
const grace = 1000;
const lastGrace = 3000;

/**
 * Stops a run, and what is left of the program that was in front: bash keeps ^C from the background children of a
 * script. When this resolves, the run has ended or is being hung up.
 */
export async function interruptRun(run: Interruptible, control: ControlExec): Promise<void> {
  const look = attempt(() => shellState(control, run.pid));
  await Promise.race([look, run.endsWithin(lookPatience)]);
  await escalate(run, control);
  const group = (await look)?.group;
  // A shell may have been in front itself, between two programs.
  if (group !== undefined && !run.shells.includes(group)) {
    await attempt(() => killGroup(control, run.pid, group));
  }
}

/**
 * ^C; TERM, then KILL to the program in front; KILL to all of the terminal's session; hang up. Each step
 * only when the one before did not help. A step that is not permitted, or finds no channel, is passed over.
 */
async function escalate(run: Interruptible, control: ControlExec): Promise<void> {
  run.sendInterrupt();
  if (await run.endsWithin(grace)) return;
  // The shell itself in front: a loop that has no program to signal, or a prompt that a changed PROMPT_COMMAND made.
  const front = await attempt(() => signalForeground(control, run.pid, 'TERM'));
  if (front === 'shell') run.type(wakeLine);
  if (await run.endsWithin(grace)) return;
  await attempt(() => signalForeground(control, run.pid, 'KILL'));
  if (await run.endsWithin(grace)) return;
  run.giveUpSession();
  await attempt(() => killSession(control, run.pid));
  if (await run.endsWithin(lastGrace)) return;
  run.hangUp();
}

async function attempt<T>(step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch {
    return null;
  }
}
