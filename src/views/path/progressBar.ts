import type { Progress } from '../../path/model';
import { nameBy } from '../ui/name';

/** Progress in words and as a bar: completed, then in progress, then what is at least written. */
export function drawProgress(parent: HTMLElement, progress: Progress): void {
  parent.empty();
  const words = progressWords(progress);
  const spoken = parent.createSpan({ cls: 'labpath-progress-words', text: words });
  const bar = drawBar(parent, progress);
  bar.setAttrs({
    role: 'progressbar',
    'aria-valuemin': 0,
    'aria-valuemax': progress.total,
    'aria-valuenow': progress.completed,
    'aria-valuetext': words,
  });
  nameBy(bar, spoken);
}

/** `3 of 24 completed · 1 in progress · 4 to write`. */
export function progressWords({ total, completed, inProgress, skipped, written }: Progress): string {
  return [
    `${completed} of ${total} completed`,
    ...(inProgress > 0 ? [`${inProgress} in progress`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(total > written ? [`${total - written} to write`] : []),
  ].join(' · ');
}

/** The bar alone, for where the words stand already. */
export function drawBar(
  parent: HTMLElement,
  { total, completed, inProgress, written }: Progress,
): HTMLElement {
  const bar = parent.createDiv({ cls: 'labpath-progress-bar' });
  part(bar, 'is-completed', completed, total);
  part(bar, 'is-in-progress', inProgress, total);
  part(bar, 'is-written', Math.max(0, written - completed - inProgress), total);
  return bar;
}

function part(bar: HTMLElement, cls: string, count: number, total: number): void {
  if (count === 0 || total === 0) return;
  bar.createDiv({ cls }).setCssProps({ '--labpath-share': `${(count * 100) / total}%` });
}
