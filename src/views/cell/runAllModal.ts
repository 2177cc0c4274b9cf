import { ConfirmationModal, type App } from 'obsidian';
import { visibleLine } from '../../base/visible';
import type { Cell } from '../../cells/cell';
import { textOf } from '../../cells/options';
import type { RunPlan } from '../../labs/plan';

/** Lists what would run and what not, with reasons, before anything does. */
export function confirmRunAll(app: App, plan: RunPlan, hosts: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const modal = new ConfirmationModal(app);
    let run = false;
    const count = plan.run.length;
    const cells = count === 1 ? '1 cell' : `${count} cells`;
    modal.setTitle(count === 0 ? 'Nothing to run' : `Run ${cells} on ${hosts.join(', ')}?`);
    modal.modalEl.addClass('labpath-long-dialog');
    const body = modal.contentEl;
    body.createEl('p', {
      text:
        count === 0
          ? 'No cell here can run by itself.'
          : 'They run one after another and stop where one does not end as expected.',
    });
    const list = body.createEl('ol', { cls: 'labpath-plan' });
    for (const cell of plan.run) planRow(list, cell, '');
    if (plan.skipped.length > 0) {
      body.createEl('p', { cls: 'labpath-stub-skipped', text: 'Left out:' });
      const skipped = body.createEl('ul', { cls: 'labpath-plan' });
      for (const { cell, reason } of plan.skipped) planRow(skipped, cell, reason);
    }
    if (count > 0) {
      modal.addButton((button) =>
        button
          .setButtonText(`Run ${cells}`)
          .setCta()
          .onClick(() => {
            run = true;
          }),
      );
    }
    // Enter pressed by habit runs nothing.
    modal.addButton((button) =>
      button
        .setButtonText(count === 0 ? 'Close' : 'Cancel')
        .setCancel()
        .setInitialFocus(),
    );
    modal.setCloseCallback(() => resolve(run));
    modal.open();
  });
}

function planRow(list: HTMLElement, cell: Cell, reason: string): void {
  const row = list.createEl('li');
  const name = row.createDiv({ cls: 'labpath-stub-name' });
  if (cell.role !== null) name.createSpan({ cls: `labpath-chip is-role-${cell.role}`, text: cell.role });
  name.createSpan({ text: visibleLine(cell.name ?? `Line ${cell.line}`) });
  const first = cell.source.split('\n').find((line) => line.trim() !== '') ?? '';
  row.createDiv({ cls: 'labpath-plan-code', text: visibleLine(first) });
  const capture = reason === '' ? textOf(cell.attributes, 'capture') : null;
  if (capture !== null)
    row.createDiv({ cls: 'labpath-plan-code', text: `beside it: ${visibleLine(capture)}` });
  if (reason !== '') row.createDiv({ cls: 'labpath-stub-path', text: reason });
}
