import type { Attempt } from '../../labs/attempt';
import type { Lab } from '../../labs/lab';
import { icon } from '../ui/dom';

/** One line for each check, from the cable up: how it ended, and what it said. */
export function checkRows(
  parent: HTMLElement,
  lab: Lab,
  attempt: Attempt,
  goTo: (line: number) => void,
): void {
  const list = parent.createEl('ul', { cls: 'labpath-lab-checks' });
  for (const { id, layer, cell } of lab.checks) {
    const state = attempt.checks[id];
    const row = list.createEl('li', { cls: `labpath-lab-check is-${state?.verdict ?? 'unknown'}` });
    icon(row, state === undefined ? 'circle-dashed' : state.verdict === 'pass' ? 'circle-check' : 'circle-x');
    row.createSpan({ cls: 'labpath-visually-hidden', text: verdictWords(state?.verdict) });
    const name = row.createEl('a', { cls: 'labpath-lab-check-name', text: id, href: '#' });
    name.addEventListener('click', (event) => {
      event.preventDefault();
      goTo(cell.line);
    });
    if (layer !== null) row.createSpan({ cls: 'labpath-chip', text: layer });
    row.createSpan({ cls: 'labpath-lab-said', text: state?.said.split('\n').at(-1) ?? '' });
    if (attempt.counted.includes(id)) {
      const done = icon(row, 'check-check', 'labpath-lab-counted');
      done.setAttribute('title', 'Seen failing, then passing');
    }
  }
}

function verdictWords(verdict: 'pass' | 'fail' | undefined): string {
  if (verdict === undefined) return 'Not run yet:';
  return verdict === 'pass' ? 'Passes:' : 'Fails:';
}
