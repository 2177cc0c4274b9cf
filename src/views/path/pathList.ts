import { Keymap } from 'obsidian';
import { readable } from '../../markdown/readable';
import { lookOf } from '../../path/look';
import type { Mark } from '../../path/marks';
import { drawMark } from './markChip';
import { drawBar } from './progressBar';
import type { LearningPath, PathMoc, PathRow, Progress } from '../../path/model';
import { icon, iconButton } from '../ui/dom';
import { nameBy } from '../ui/name';
import type { PathActions } from './actions';
import { dragAsLink } from './dragLink';
import { nodeMenu } from './nodeMenu';

export interface ListParts {
  readonly path: LearningPath;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly actions: PathActions;
  /** Vault path of the note the reader is in, or null. */
  readonly here: string | null;
}

/** The path as lists: the same facts and actions as the picture, for screen readers, narrow panes and keyboards. */
export function drawPathList(parent: HTMLElement, mocs: readonly PathMoc[], parts: ListParts): void {
  parent.empty();
  for (const moc of mocs) {
    if (mocs.length > 1) parent.createEl('h3', { text: moc.title });
    for (const track of moc.tracks)
      group(parent, readable(track.title), track.progress, track.steps, 'ol', moc, parts);
    for (const section of moc.sections) {
      const title = section.title === '' ? 'Other notes' : readable(section.title);
      group(parent, title, section.progress, section.items, 'ul', moc, parts);
    }
  }
}

function group(
  parent: HTMLElement,
  title: string,
  progress: Progress,
  rows: readonly PathRow[],
  tag: 'ol' | 'ul',
  moc: PathMoc,
  parts: ListParts,
): void {
  const section = parent.createEl('section', { cls: 'labpath-list-group' });
  const head = section.createDiv({ cls: 'labpath-list-head' });
  nameBy(section, head.createEl('h4', { text: title }));
  head.createSpan({ cls: 'labpath-list-count', text: completedWords(progress) });
  drawBar(head, progress).setAttribute('aria-hidden', 'true');
  const list = section.createEl(tag, { cls: 'labpath-list' });
  for (const row of rows) drawRow(list.createEl('li', { cls: 'labpath-list-row' }), row, moc, parts);
}

function drawRow(
  element: HTMLElement,
  { node, row }: PathRow,
  moc: PathMoc,
  { path, marks, actions, here }: ListParts,
): void {
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
    if (node.note === here) link.setAttribute('aria-current', 'true');
    link.addEventListener('click', (event) => {
      event.preventDefault();
      actions.open(node, moc.path, Keymap.isModEvent(event) !== false);
    });
    dragAsLink(link, actions.linkTo(node.note));
  }
  const mark = marks.get(node.id);
  if (mark !== undefined) drawMark(element, mark);
  element.createSpan({ cls: 'labpath-state-word', text: look.word });
  if (node.note === null) {
    iconButton(element, {
      icon: 'file-plus',
      label: `Create “${row.title}”`,
      cls: 'labpath-list-create',
      onClick: () => actions.create(node),
    });
  }
  element.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    nodeMenu(path, node, moc.path, actions).showAtMouseEvent(event);
  });
}

/** `3 of 24 completed`. */
function completedWords({ completed, total }: Progress): string {
  return `${completed} of ${total} completed`;
}
