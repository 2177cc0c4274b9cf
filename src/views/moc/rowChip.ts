import type { PathRow } from '../../path/model';
import type { PathActions } from '../path/actions';
import { lookOf } from '../../path/look';
import { icon } from '../ui/dom';

/** The state of what a MOC's row names, behind the row; a planned one can be created from here. */
export function rowChip(moc: string, row: PathRow, actions: PathActions): HTMLElement {
  const look = lookOf(row.node);
  const chip = createSpan({ cls: `labpath-row-chip is-${look.state}` });
  const state = chip.createSpan({ cls: 'labpath-chip labpath-state-word' });
  icon(state, look.icon, 'labpath-state-icon');
  state.createSpan({ text: look.word });
  if (row.node.note === null) {
    const create = chip.createEl('button', {
      cls: ['labpath-chip', 'labpath-chip-button', 'labpath-chip-create'],
      text: 'Create',
      attr: { type: 'button', 'aria-label': `Create “${row.row.title}”` },
    });
    create.addEventListener('click', (event) => {
      event.preventDefault();
      event.stopPropagation();
      actions.create(moc, row);
    });
  }
  return chip;
}
