import type { CancelTimer, Clock } from '../session/clock';

/** A limit in time that stands still while the user is asked something. */
export class Deadline {
  private cancel: CancelTimer | null = null;
  private startedAt = 0;

  constructor(
    private readonly clock: Clock,
    private left: number,
    private readonly expired: () => void,
  ) {
    this.go();
  }

  async pausedFor<T>(question: () => Promise<T>): Promise<T> {
    this.stop();
    this.left -= this.clock.now() - this.startedAt;
    try {
      return await question();
    } finally {
      this.go();
    }
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private go(): void {
    this.startedAt = this.clock.now();
    this.cancel = this.clock.setTimer(Math.max(0, this.left), this.expired);
  }
}
