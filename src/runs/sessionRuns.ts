import type { RunSnapshot } from './snapshot';

/**
 * What each live shell has done: which cells ran there as expected, and whether it still lives. Shells are named by the
 * runner's queues.
 */
export class SessionRuns {
  private readonly shells = new Map<string, Set<RunSnapshot>>();

  ended(queue: string, run: RunSnapshot): void {
    // Lost, or ended together with its shell (`exec`): what ran there before is gone with it.
    if (run.status === 'lost' || (run.problem !== null && run.exitStatus !== null)) this.shells.delete(queue);
    else if (run.where !== null) {
      const done = this.shells.get(queue) ?? new Set();
      this.shells.set(queue, done);
      if (run.status === 'done') done.add(run);
    }
  }

  /** Whether this run ended as expected in a shell that still lives. */
  holds(run: RunSnapshot): boolean {
    return [...this.shells.values()].some((done) => done.has(run));
  }

  isAlive(queue: string): boolean {
    return this.shells.has(queue);
  }

  /** The shells of a note were ended. `queues` tells which belong to it by now. */
  close(isOfNote: (queue: string) => boolean): void {
    for (const queue of [...this.shells.keys()]) if (isOfNote(queue)) this.shells.delete(queue);
  }
}
