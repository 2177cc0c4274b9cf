import { solutionSteps, type Attempt, type Help } from '../../labs/attempt';
import type { Lab } from '../../labs/lab';
import { icon, iconButton } from '../ui/dom';

/** The hints and the steps of the solution that were shown for what is wrong now. */
export function helpBoxes(
  parent: HTMLElement,
  lab: Lab,
  attempt: Attempt,
  goTo: (line: number) => void,
): void {
  for (const help of attempt.help) {
    const box = parent.createDiv({ cls: `labpath-lab-shown is-${help.kind}` });
    icon(box, help.kind === 'hint' ? 'lightbulb' : 'key-round');
    const body = box.createDiv({ cls: 'labpath-lab-help' });
    if (help.kind === 'solution')
      body.createDiv({ cls: 'labpath-lab-step', text: stepWords(help, lab, attempt) });
    body.createEl('pre', { text: help.text });
    const cell = lab.cells.find(({ id }) => id === help.cell);
    if (help.kind === 'solution' && cell) {
      iconButton(box, {
        icon: 'corner-down-right',
        label: 'Go there',
        text: true,
        onClick: () => goTo(cell.line),
      });
    }
  }
}

function stepWords({ cell }: Help, lab: Lab, attempt: Attempt): string {
  const steps = solutionSteps(attempt, lab);
  return steps.length === 1
    ? 'Solution'
    : `Solution, step ${steps.findIndex(({ id }) => id === cell) + 1} of ${steps.length}`;
}
