/** Time as the pure folders see it. Node, a window and a test each hand in their own. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Calls `fire` once after `ms` milliseconds, unless the returned function is called before. */
  setTimer(ms: number, fire: () => void): CancelTimer;
}

export type CancelTimer = () => void;

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(ms, resolve);
  });
}
