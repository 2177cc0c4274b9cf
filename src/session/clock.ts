/** Time as the pure folders see it. Node, a window and a test each hand in their own. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Calls `fire` once after `ms` milliseconds, unless the returned function is called before. */
  setTimer(ms: number, fire: () => void): CancelTimer;
}

export type CancelTimer = () => void;

/** True when `ended` resolves before `ms` have passed. */
export function within(clock: Clock, ms: number, ended: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer(ms, () => resolve(false));
    void ended.then(() => {
      cancel();
      resolve(true);
    });
  });
}
