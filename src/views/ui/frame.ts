/**
 * Runs a job at most once per animation frame, however often it is asked for: in the window its element stands in by
 * then, because frames of a window that is hidden do not come.
 */
export class FrameJob {
  private pending: { readonly win: Window; readonly id: number } | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly job: () => void,
  ) {}

  schedule(): void {
    const { win } = this.element;
    if (this.pending?.win === win) return;
    // A frame of the window that the element left may never come.
    this.cancel();
    const id = win.requestAnimationFrame(() => {
      this.pending = null;
      this.job();
    });
    this.pending = { win, id };
  }

  cancel(): void {
    this.pending?.win.cancelAnimationFrame(this.pending.id);
    this.pending = null;
  }
}

/** Resolves once a window has painted what was drawn up to now. */
export function afterNextFrame(win: Window): Promise<void> {
  return new Promise((resolve) => {
    win.requestAnimationFrame(() => win.setTimeout(resolve));
  });
}
