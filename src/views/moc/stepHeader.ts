import { readable } from '../../markdown/readable';
import { lookOf } from '../../path/look';
import { marksOf } from '../../path/marks';
import type { LearningPath, PathMoc, PathNode } from '../../path/model';
import { trackPlace } from '../../path/neighbours';
import { requirementsInWords } from '../../path/requirements';
import { openPrerequisites } from '../../path/state';
import type { PathActions } from '../path/actions';
import { drawMark } from '../path/markChip';
import type { PathIndex } from '../path/pathIndex';
import { icon } from '../ui/dom';

export interface StepHeaderParts {
  readonly index: PathIndex;
  readonly actions: PathActions;
  /** Of such requirements, those the lab machine is known to lack. */
  readonly lacking: (requirements: readonly string[]) => readonly string[];
  /** ISO 8601. */
  readonly now: () => string;
}

/** What the strip at the head of a note says: where the note stands on the path. */
export interface StepHeader {
  readonly path: LearningPath;
  readonly moc: PathMoc;
  readonly node: PathNode;
  /** What the lab machine is known to lack of what the note needs. */
  readonly missing: readonly string[];
}

/** The header of a note, or null for a note outside of every map, and for maps themselves. */
export function stepHeaderOf({ index, lacking }: StepHeaderParts, note: string | null): StepHeader | null {
  const path = index.current;
  const node = note === null ? undefined : path?.nodes.get(`note:${note}`);
  if (!path || !node?.note || path.moc(node.note)) return null;
  const inTrack = node.places
    .map((place) => path.moc(place.moc))
    .find((moc) => moc && trackPlace(moc, node.note ?? ''));
  const moc = inTrack ?? index.mocOf(node.note);
  return moc ? { path, moc, node, missing: lacking(node.requires) } : null;
}

/** `Beginner track › 2 of 4`, the notes before and after, what is required, and how far the learner is. */
export function drawStepHeader(
  parent: HTMLElement,
  { path, moc, node, missing }: StepHeader,
  { actions, lacking, now }: StepHeaderParts,
): void {
  const note = node.note ?? '';
  const place = trackPlace(moc, note);
  const strip = parent.createEl('nav', { cls: 'labpath-step-header' });
  const where = strip.createDiv({ cls: 'labpath-step-where' });
  link(where, moc.node, moc.title, note, actions);
  if (place) {
    where.createSpan({
      cls: 'labpath-step-place',
      text: `${readable(place.track.title)} › ${place.step + 1} of ${place.track.steps.length}`,
    });
    const { percent } = place.track.progress;
    where.createSpan({ cls: 'labpath-step-percent', text: `${percent} % completed` });
  }
  const look = lookOf(node);
  const state = where.createSpan({ cls: `labpath-chip labpath-state-word is-${look.state}` });
  icon(state, look.icon, 'labpath-state-icon');
  state.createSpan({ text: look.word });
  const mark = marksOf(path, [node], now(), lacking).get(node.id);
  if (mark !== undefined) drawMark(where, mark);
  const before = openPrerequisites(node, path);
  if (before.length > 0) {
    const first = strip.createDiv({ cls: 'labpath-step-first' });
    first.createSpan({ text: 'First: ' });
    for (const each of before) link(first, each, each.title, note, actions);
  }
  if (missing.length > 0)
    strip.createDiv({ cls: 'labpath-step-needs', text: `The machine lacks ${requirementsInWords(missing)}` });
  else if (node.requires.length > 0)
    strip.createDiv({ cls: 'labpath-step-needs', text: `Needs ${requirementsInWords(node.requires)}` });
  const ways = strip.createDiv({ cls: 'labpath-step-ways' });
  if (place?.previous) link(ways, place.previous, `← ${place.previous.title}`, note, actions);
  if (place?.next) link(ways, place.next, `${place.next.title} →`, note, actions);
}

function link(parent: HTMLElement, node: PathNode, text: string, source: string, actions: PathActions): void {
  const element = parent.createEl('a', { text, href: '#', cls: node.note === null ? 'is-unresolved' : '' });
  element.addEventListener('click', (event) => {
    event.preventDefault();
    if (node.note === null) actions.create(node);
    else actions.open(node, source, false);
  });
}

/** Two headers that are drawn alike. */
export function sameHeader(a: StepHeader | null, b: StepHeader | null): boolean {
  if (a === null || b === null) return a === b;
  return a.node === b.node && a.moc === b.moc && a.missing.join() === b.missing.join();
}
