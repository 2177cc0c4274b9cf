import type { CancelTimer, Clock } from './clock';

/**
 * Milliseconds after which the user is told that a profile, or a machine, takes its time; and after which a shell counts
 * as stuck. A connection that died meanwhile is closed long before, by its own signs of life.
 */
const slowAfter = 8000;
const givesUpAfter = 120_000;

export interface Waiting {
  /** The shell has not answered for so many seconds; it is waited for. */
  slow(seconds: number): void;
  /** Nobody waits any longer, after so many seconds. */
  over(seconds: number): void;
}

/** Waits for a shell to become one with a driver, until the returned function is called. */
export function waitForShell(
  { clock, readyTimeoutMs = givesUpAfter }: { readonly clock: Clock; readonly readyTimeoutMs?: number },
  waiting: Waiting,
): CancelTimer {
  const cancelSlow = clock.setTimer(slowAfter, () => waiting.slow(slowAfter / 1000));
  const cancelOver = clock.setTimer(readyTimeoutMs, () => {
    cancelSlow();
    waiting.over(readyTimeoutMs / 1000);
  });
  return () => {
    cancelSlow();
    cancelOver();
  };
}
