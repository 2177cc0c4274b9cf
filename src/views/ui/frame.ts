/** Runs a job at most once per animation frame of a window, however often it is asked for. */
export class FrameJob {
  private pending: number | null = null;
  private readonly job: () => void;

  constructor(
    private readonly win: Window,
    job: () => void,
  ) {
    this.job = job;
  }

  schedule(): void {
    this.pending ??= this.win.requestAnimationFrame(() => {
      this.pending = null;
      this.job();
    });
  }

  cancel(): void {
    if (this.pending !== null) this.win.cancelAnimationFrame(this.pending);
    this.pending = null;
  }
}

/** Resolves once a window has painted what was drawn up to now. */
export function afterNextFrame(win: Window): Promise<void> {
  return new Promise((resolve) => {
    win.requestAnimationFrame(() => win.setTimeout(resolve));
  });
}
