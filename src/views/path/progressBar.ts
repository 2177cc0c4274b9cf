import type { Progress } from '../../path/model';
import { nameBy } from '../ui/name';

/** Progress in words and as a bar: completed, then in progress, then what is at least written. */
export function drawProgress(parent: HTMLElement, progress: Progress): void {
  parent.empty();
  const { total, completed, inProgress, written } = progress;
  const planned = total - written;
  const words = [
    `${completed} of ${total} completed`,
    ...(inProgress > 0 ? [`${inProgress} in progress`] : []),
    ...(planned > 0 ? [`${planned} to write`] : []),
  ].join(' · ');
  const spoken = parent.createSpan({ cls: 'labpath-progress-words', text: words });
  const bar = parent.createDiv({
    cls: 'labpath-progress-bar',
    attr: {
      role: 'progressbar',
      'aria-valuemin': 0,
      'aria-valuemax': total,
      'aria-valuenow': completed,
      'aria-valuetext': words,
    },
  });
  nameBy(bar, spoken);
  part(bar, 'is-completed', completed, total);
  part(bar, 'is-in-progress', inProgress, total);
  part(bar, 'is-written', Math.max(0, written - completed - inProgress), total);
}

function part(bar: HTMLElement, cls: string, count: number, total: number): void {
  if (count === 0 || total === 0) return;
  bar.createDiv({ cls }).setCssProps({ '--labpath-share': `${(count * 100) / total}%` });
}
