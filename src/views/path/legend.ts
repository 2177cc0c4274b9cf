import { icon } from '../ui/dom';
import { LOOKS } from '../../path/look';

const SHOWN = ['planned', 'stub', 'draft', 'ready', 'verified', 'in-progress', 'completed'] as const;

/** What the shapes and icons of the picture mean. */
export function drawLegend(parent: HTMLElement): void {
  const legend = parent.createEl('ul', { cls: 'labpath-legend' });
  for (const state of SHOWN) {
    const look = LOOKS[state];
    const entry = legend.createEl('li', { cls: `is-${state}` });
    icon(entry, look.icon, 'labpath-state-icon');
    entry.createSpan({ text: look.word });
  }
}
