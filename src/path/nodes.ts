import type { Moc, MocItem, NoteKind } from '../moc/moc';
import { foldName } from './fold';
import type { PathNode, Place, PlannedBy } from './model';
import type { NoteFacts } from './noteFacts';
import type { Learned } from './progressRecord';
import { readRequirements } from './requirements';
import type { LinkResolver } from './resolve';
import { authoringState, dueOn, kindOfNote, learnedEntry } from './state';

/** Which note a row names, or null while there is none. A row without a link is found by its title. */
export function noteOfRow(row: MocItem, moc: string, resolver: LinkResolver): string | null {
  if (row.link !== null) return resolver.resolve(row.link.target, moc);
  const path = resolver.named(row.title);
  // A plain row named like its own MOC means something else that is to be written.
  return path === moc ? null : path;
}

/** Rows that name the same note, or the same missing title, have the same id. */
export function nodeId(note: string | null, title: string): string {
  return note === null ? `planned:${foldName(title)}` : noteId(note);
}

export function noteId(note: string): string {
  return `note:${note}`;
}

/** Why this row, by itself, is planned while there is no note for it. */
export function plannedBy(row: MocItem, note: string | null): PlannedBy | null {
  if (note !== null) return null;
  return row.planned ?? (row.link === null ? null : 'unresolved');
}

/** The rows of a MOC from top to bottom, each with the note it names. */
export function placesOf(moc: Moc): Place[] {
  const items = moc.items.map((row): Place => ({ moc: moc.path, role: 'item', row }));
  const steps = moc.tracks
    .flatMap((track) => track.steps)
    .map((row): Place => ({ moc: moc.path, role: 'step', row }));
  return [...items, ...steps].sort((a, b) => a.row.line - b.row.line || a.row.from - b.row.from);
}

/** A node out of what is known of it. `title` serves while there is no note. */
export function makeNode(
  id: string,
  title: string,
  facts: NoteFacts | null,
  places: readonly Place[],
  learned: Learned,
): PathNode {
  const note = facts?.path ?? null;
  const entry = facts === null ? null : learnedEntry(facts, learned);
  return {
    id,
    title: facts?.title ?? title,
    kind: (facts && kindOfNote(facts)) ?? kindOfRows(places),
    note,
    facts,
    state: authoringState(facts),
    learner: entry?.state ?? 'not-started',
    learnedWhen: entry?.when ?? null,
    planned: strongest(places.map(({ row }) => plannedBy(row, note))),
    places,
    dueOn: facts === null || entry === null ? null : dueOn(facts, entry),
    requires: facts === null ? [] : readRequirements(facts.frontmatter),
  };
}

/** Whether a missing node is counted as a link that leads nowhere. */
export function isUnresolved({ note, places }: PathNode): boolean {
  return places.some(({ row }) => plannedBy(row, note) === 'unresolved');
}

/** The first kind a row claims; `guide` is what remains when none does. */
function kindOfRows(places: readonly Place[]): NoteKind {
  return places.find(({ row }) => row.kind !== 'guide')?.row.kind ?? 'guide';
}

function strongest(reasons: readonly (PlannedBy | null)[]): PlannedBy | null {
  const order: readonly PlannedBy[] = ['marker', 'heading', 'unresolved'];
  return order.find((reason) => reasons.includes(reason)) ?? null;
}
