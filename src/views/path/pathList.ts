import { Keymap } from 'obsidian';
import type { PathMoc, PathRow, Progress } from '../../path/model';
import { icon, iconButton } from '../ui/dom';
import { nameBy } from '../ui/name';
import { readable } from '../../markdown/readable';
import type { PathActions } from './actions';
import { lookOf } from '../../path/look';

/** The path as lists: the same facts and actions as the picture, for screen readers, narrow panes and keyboards. */
export function drawPathList(parent: HTMLElement, moc: PathMoc, actions: PathActions): void {
  parent.empty();
  for (const track of moc.tracks) {
    group(parent, readable(track.title), track.progress, track.steps, 'ol', moc.path, actions);
  }
  for (const section of moc.sections) {
    const title = section.title === '' ? 'Other notes' : readable(section.title);
    group(parent, title, section.progress, section.items, 'ul', moc.path, actions);
  }
}

function group(
  parent: HTMLElement,
  title: string,
  progress: Progress,
  rows: readonly PathRow[],
  tag: 'ol' | 'ul',
  moc: string,
  actions: PathActions,
): void {
  const section = parent.createEl('section', { cls: 'labpath-list-group' });
  const head = section.createDiv({ cls: 'labpath-list-head' });
  nameBy(section, head.createEl('h4', { text: title }));
  head.createSpan({ cls: 'labpath-list-count', text: progressWords(progress) });
  const list = section.createEl(tag, { cls: 'labpath-list' });
  for (const pathRow of rows)
    drawRow(list.createEl('li', { cls: 'labpath-list-row' }), pathRow, moc, actions);
}

function drawRow(element: HTMLElement, pathRow: PathRow, moc: string, actions: PathActions): void {
  const { node, row } = pathRow;
  const look = lookOf(node);
  element.addClass(`is-${look.state}`);
  icon(element, look.icon, 'labpath-state-icon');
  if (node.note === null) {
    element.createSpan({ cls: 'labpath-list-title', text: row.title });
  } else {
    const link = element.createEl('a', {
      cls: 'labpath-list-title',
      text: row.title,
      href: '#',
      attr: { 'data-note': node.note },
    });
    link.addEventListener('click', (event) => {
      event.preventDefault();
      actions.open(node, moc, Keymap.isModEvent(event) !== false);
    });
  }
  element.createSpan({ cls: 'labpath-chip labpath-state-word', text: look.word });
  if (node.note === null) {
    iconButton(element, {
      icon: 'file-plus',
      label: `Create “${row.title}”`,
      cls: 'labpath-list-create',
      onClick: () => actions.create(moc, pathRow),
    });
  }
}

/** `3 of 24 completed`. */
export function progressWords({ completed, total }: Progress): string {
  return `${completed} of ${total} completed`;
}
