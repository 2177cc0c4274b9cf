import type { Check } from '../../labs/lab';
import { windowOf } from '../ui/windows';

/** Runs checks by themselves as often as they ask, while somebody can see it: in a hidden note no timer runs. */
export class Polling {
  private observer: IntersectionObserver | null = null;
  private checks: readonly Check[] = [];
  private timers: { readonly win: Window; readonly ids: readonly number[] } | null = null;
  private isVisible = false;

  constructor(
    private readonly element: HTMLElement,
    private readonly run: (check: Check) => void,
  ) {
    this.moveIn();
  }

  /** The element stands in this window now; what is seen, and when, only that window knows. */
  moveIn(): void {
    this.observer?.disconnect();
    this.observer = new (windowOf(this.element).IntersectionObserver)(([entry]) => {
      this.isVisible = entry?.isIntersecting ?? false;
      this.restart();
    });
    this.observer.observe(this.element);
  }

  follow(checks: readonly Check[]): void {
    const key = (list: readonly Check[]) => list.map(({ id, everyMs }) => `${id} ${everyMs}`).join('\n');
    const isSame = key(checks) === key(this.checks);
    this.checks = checks;
    if (!isSame) this.restart();
  }

  stop(): void {
    this.observer?.disconnect();
    this.clear();
  }

  private restart(): void {
    this.clear();
    if (!this.isVisible || this.checks.length === 0) return;
    const { win } = this.element;
    const tick = (id: string) => {
      const check = this.checks.find((each) => each.id === id);
      if (check && !win.document.hidden) this.run(check);
    };
    this.timers = {
      win,
      ids: this.checks.flatMap(({ id, everyMs }) =>
        everyMs === null ? [] : [win.setInterval(() => tick(id), everyMs)],
      ),
    };
  }

  private clear(): void {
    for (const id of this.timers?.ids ?? []) this.timers?.win.clearInterval(id);
    this.timers = null;
  }
}
