import type { Cell } from '../../cells/cell';

/** What is said of a cell in the bar: its name, role and filled placeholders. */
export function cellChips(
  parent: HTMLElement,
  cell: Cell,
  values: Readonly<Record<string, string>>,
  edit: () => void,
): void {
  parent.empty();
  if (cell.role !== null) parent.createSpan({ cls: `labpath-chip is-role-${cell.role}`, text: cell.role });
  if (cell.name !== null) parent.createSpan({ cls: 'labpath-cell-name', text: cell.name });
  for (const name of cell.placeholders) {
    const value = values[name];
    if (value === undefined || value === '' || !cell.runnable) continue;
    const chip = parent.createEl('button', {
      cls: ['labpath-chip', 'labpath-chip-button'],
      text: `${name} = ${value}`,
      attr: { type: 'button', 'aria-label': `Change ${name}, now ${value}` },
    });
    chip.addEventListener('click', edit);
  }
}
