import { readable } from '../../markdown/readable';
import { lookOf } from '../../path/look';
import type { Mark } from '../../path/marks';
import type { LearningPath, PathNode } from '../../path/model';
import { requirementsInWords } from '../../path/requirements';
import { openPrerequisites } from '../../path/state';
import { icon, iconButton } from '../ui/dom';
import { nameBy } from '../ui/name';
import type { PathActions } from './actions';
import { dragAsLink } from './dragLink';
import { drawMark } from './markChip';

interface CardParts {
  readonly path: LearningPath;
  /** Vault path of the MOC it is looked at from. */
  readonly moc: string;
  readonly mark: Mark | undefined;
  /** What the lab machine is known to lack of what the note needs. */
  readonly missing: readonly string[];
  readonly actions: PathActions;
  readonly close: () => void;
}

/** A small card about one node with what can be done: create a planned note, open a written one. */
export function drawNodeCard(
  card: HTMLElement,
  node: PathNode,
  { path, moc, mark, missing, actions, close }: CardParts,
): void {
  const look = lookOf(node);
  const row = (node.places.find((place) => place.moc === moc) ?? node.places[0])?.row;
  card.empty();
  card.setAttribute('role', 'dialog');
  const head = card.createDiv({ cls: 'labpath-card-head' });
  const title = head.createDiv({ cls: 'labpath-card-title', text: node.title });
  nameBy(card, title);
  if (node.note !== null) dragAsLink(title, actions.linkTo(node.note));
  iconButton(head, { icon: 'x', label: 'Close', onClick: close });
  const state = card.createDiv({ cls: `labpath-card-state is-${look.state}` });
  icon(state, look.icon, 'labpath-state-icon');
  state.createSpan({ text: look.word });
  if (mark !== undefined) drawMark(state, mark);
  if (row && row.section !== '')
    state.createSpan({ cls: 'labpath-card-section', text: readable(row.section) });
  if (row && row.description !== '')
    card.createDiv({ cls: 'labpath-card-description', text: row.description });
  const before = openPrerequisites(node, path);
  if (before.length > 0) {
    card.createDiv({
      cls: 'labpath-card-before',
      text: `First: ${before.map(({ title }) => title).join(', ')}`,
    });
  }
  if (missing.length > 0)
    card.createDiv({
      cls: 'labpath-card-before',
      text: `The machine lacks ${requirementsInWords(missing)}.`,
    });
  const same = path.sameAs(node);
  if (same.length > 0) {
    card.createDiv({
      cls: 'labpath-card-same',
      text: `The same as ${same.map(({ title }) => `“${title}”`).join(', ')}?`,
    });
  }
  const buttons = card.createDiv({ cls: 'labpath-card-actions' });
  if (node.note === null) {
    button(buttons, 'Create note', true, () => {
      close();
      actions.create(node);
    });
    return;
  }
  button(buttons, 'Open note', true, () => actions.open(node, moc, false));
  if (node.kind === 'map') return;
  const completed = node.learner === 'completed';
  button(buttons, completed ? 'Not completed' : 'Mark as completed', false, () => {
    close();
    actions.setState(node, completed ? 'not-started' : 'completed');
  });
}

function button(parent: HTMLElement, text: string, main: boolean, act: () => void): void {
  const element = parent.createEl('button', { text, attr: { type: 'button' } });
  element.toggleClass('mod-cta', main);
  element.addEventListener('click', act);
}
