import { lookOf } from '../../path/look';
import type { PathRow } from '../../path/model';
import type { PathActions } from '../path/actions';
import { icon } from '../ui/dom';

/** The state of what a MOC's row names, behind the row; a planned one can be created, a plain name opened from here. */
export function rowChip(moc: string, { row, node }: PathRow, actions: PathActions): HTMLElement {
  const look = lookOf(node);
  const chip = createSpan({ cls: `labpath-row-chip is-${look.state}` });
  const state = chip.createSpan({ cls: 'labpath-chip labpath-state-word' });
  icon(state, look.icon, 'labpath-state-icon');
  state.createSpan({ text: look.word });
  if (node.note === null) {
    chipButton(chip, 'Create', `Create “${row.title}”`, () => actions.create(node)).addClass(
      'labpath-chip-create',
    );
  } else if (row.link === null) {
    // A row that is no link has no other way to its note.
    chipButton(chip, 'Open', `Open “${node.title}”`, () => actions.open(node, moc, false));
  }
  return chip;
}

function chipButton(parent: HTMLElement, text: string, label: string, act: () => void): HTMLElement {
  const button = parent.createEl('button', {
    cls: ['labpath-chip', 'labpath-chip-button'],
    text,
    attr: { type: 'button', 'aria-label': label },
  });
  button.addEventListener('click', (event) => {
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  return button;
}
