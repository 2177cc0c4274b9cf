import type { Problem } from '../../base/problem';
import { icon, showProblem } from '../ui/dom';

/** What is doubtful about the maps, folded away until the user wants to see it. */
export function drawWarnings(parent: HTMLElement, warnings: readonly Problem[]): void {
  const wasOpen = parent.querySelector('details')?.open ?? false;
  parent.empty();
  if (warnings.length === 0) return;
  const details = parent.createEl('details', { cls: 'labpath-warnings' });
  details.open = wasOpen;
  const summary = details.createEl('summary');
  icon(summary, 'triangle-alert');
  summary.createSpan({ text: warnings.length === 1 ? '1 warning' : `${warnings.length} warnings` });
  const list = details.createDiv({ cls: 'labpath-warnings-list' });
  for (const warning of warnings) showProblem(list, warning);
}
