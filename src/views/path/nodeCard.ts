import type { PathNode, PathRow } from '../../path/model';
import { icon, iconButton } from '../ui/dom';
import { nameBy } from '../ui/name';
import { readable } from '../../markdown/readable';
import type { PathActions } from './actions';
import { lookOf } from '../../path/look';

/** A small card about one node with what can be done: create a planned note, open a written one. */
export function drawNodeCard(
  card: HTMLElement,
  node: PathNode,
  row: PathRow | null,
  moc: string,
  actions: PathActions,
  close: () => void,
): void {
  const look = lookOf(node);
  card.empty();
  card.setAttribute('role', 'dialog');
  const head = card.createDiv({ cls: 'labpath-card-head' });
  nameBy(card, head.createDiv({ cls: 'labpath-card-title', text: node.title }));
  iconButton(head, { icon: 'x', label: 'Close', onClick: close });
  const state = card.createDiv({ cls: `labpath-card-state is-${look.state}` });
  icon(state, look.icon, 'labpath-state-icon');
  state.createSpan({ text: look.word });
  const section = row?.row.section ?? '';
  if (section !== '') state.createSpan({ cls: 'labpath-card-section', text: readable(section) });
  const description = row?.row.description ?? '';
  if (description !== '') card.createDiv({ cls: 'labpath-card-description', text: description });
  const buttons = card.createDiv({ cls: 'labpath-card-actions' });
  if (node.note === null) {
    if (row) {
      button(buttons, 'Create note', true, () => {
        close();
        actions.create(moc, row);
      });
    }
    return;
  }
  button(buttons, 'Open note', true, () => actions.open(node, moc, false));
  const completed = node.learner === 'completed';
  button(buttons, completed ? 'Not completed' : 'Mark as completed', false, () => {
    close();
    actions.complete(node, !completed);
  });
}

function button(parent: HTMLElement, text: string, main: boolean, act: () => void): void {
  const element = parent.createEl('button', { text, attr: { type: 'button' } });
  element.toggleClass('mod-cta', main);
  element.addEventListener('click', act);
}
