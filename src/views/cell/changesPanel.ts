import { cleanupFor, type StateChange } from '../../runs/machineState';
import { iconButton, showProblem } from '../ui/dom';
import { copyText } from './outputActions';
import type { ShownChanges } from './cellUiState';

/** What a run changed on the machine, kind by kind, and how it could be taken back. */
export class ChangesPanel {
  private readonly element: HTMLElement;
  private drawn: ShownChanges | null = null;

  constructor(parent: HTMLElement) {
    this.element = parent.createDiv({ cls: ['labpath-changes', 'labpath-hidden'] });
  }

  draw(shown: ShownChanges | null): void {
    if (shown === this.drawn) return;
    this.drawn = shown;
    this.element.empty();
    this.element.toggleClass('labpath-hidden', shown === null);
    if (!shown) return;
    if (shown.problem) showProblem(this.element, shown.problem);
    else if (shown.changes === null) this.title('Looking at what changes on the machine…');
    else if (shown.changes.length === 0) this.title('It changed nothing that can be seen on the machine.');
    else this.drawChanges(shown.changes);
  }

  private drawChanges(changes: readonly StateChange[]): void {
    this.title('What it changed on the machine');
    for (const kind of new Set(changes.map((change) => change.kind))) {
      const group = this.element.createDiv({ cls: 'labpath-changes-group' });
      group.createDiv({ cls: 'labpath-changes-kind', text: kind });
      for (const { change, thing } of changes.filter((each) => each.kind === kind)) {
        const row = group.createDiv({
          cls: `labpath-diff-row is-${change === 'added' ? 'extra' : 'missing'}`,
        });
        row.createSpan({ cls: 'labpath-visually-hidden', text: `${change}: ` });
        row.createSpan({ text: thing, attr: { 'data-mark': change === 'added' ? '+' : '−' } });
      }
    }
    const commands = cleanupFor(changes);
    if (commands.length === 0) return;
    const cleanup = this.element.createDiv({ cls: 'labpath-changes-group' });
    const line = cleanup.createDiv({ cls: 'labpath-changes-kind', text: 'To take it back' });
    iconButton(line, {
      icon: 'copy',
      label: 'Copy these commands',
      onClick: () => void copyText(commands.join('\n'), 'Commands copied.'),
    });
    cleanup.createEl('pre', { cls: 'labpath-json', text: commands.join('\n') });
  }

  private title(text: string): void {
    this.element.createDiv({ cls: 'labpath-changes-title', text });
  }
}
