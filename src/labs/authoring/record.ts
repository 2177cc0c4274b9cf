import type { Cell } from '../../cells/cell';
import { writeExpected } from '../../cells/expectEdit';
import { applyEdit } from '../../base/textEdit';
import { scanCells } from '../../cells/scan';
import { scanFences } from '../../markdown/fences';
import { maskFor } from './varying';

/** What a recorded cell becomes; `plain` leaves it as it is. */
export type RecordedRole = 'setup' | 'step' | 'observe' | 'plain';

export const RECORDED_ROLES: readonly RecordedRole[] = ['setup', 'step', 'observe', 'plain'];

/** A cell that has run, and what the author makes of it. */
export interface Recorded {
  readonly cell: Cell;
  /** Without escapes and empty lines at the end. */
  readonly output: string;
  readonly role: RecordedRole;
  /** Write the output below it as what is expected. */
  readonly keepOutput: boolean;
}

/** Cells that a recording may take: without a role, in a fence whose braces are ours or that has none. */
export function canRecord({ role, runnable, info }: Cell): boolean {
  return role === null && runnable && /^\S+(\s+\{[^{}"]*\})?\s*$/.test(info);
}

/** A first guess: what prints something looks, what is silent does something. */
export function guessRole(output: string): RecordedRole {
  return output === '' ? 'step' : 'observe';
}

/** The note with its recorded cells as cells of a lab. */
export function recordLab(text: string, recorded: readonly Recorded[]): string {
  const names = new Map<string, string>();
  const taken = new Set(scanCells(text).map(({ id }) => id));
  for (const { cell, role } of recorded) {
    if (role === 'plain') continue;
    const id = cell.id.startsWith('cell-') ? freeName(cell.source, taken) : cell.id;
    taken.add(id);
    names.set(cell.id, id);
  }
  const roled = recorded.reduce((before, { cell, role }) => {
    const id = names.get(cell.id);
    return id === undefined ? before : withRole(before, cell, role, id);
  }, text);
  return recorded.reduce((before, { cell, output, keepOutput }) => {
    const id = names.get(cell.id);
    if (id === undefined || !keepOutput || output === '') return before;
    const edit = writeExpected(before, { below: id, of: id, more: maskFor(output) }, output);
    return edit === null ? before : applyEdit(before, edit);
  }, roled);
}

/** Lines stay where they are, so that the cells that come after it are still found. */
function withRole(text: string, cell: Cell, role: RecordedRole, id: string): string {
  // The note may have changed since it was read: another fence's line is left alone.
  const here = scanCells(text).find(({ line }) => line === cell.line);
  if (here?.source !== cell.source) return text;
  const fence = scanFences(text).find(({ line }) => line === cell.line);
  const lines = text.split('\n');
  const opening = lines[cell.line - 1];
  if (fence === undefined || opening === undefined) return text;
  const named = cell.id === id && /\{[^}]*(#|name=)/.test(opening) ? role : `${role} #${id}`;
  lines[cell.line - 1] = opening.includes('{')
    ? opening.replace(/\{\s*/, `{${named} `).replace(/\s+\}/, '}')
    : opening.replace(/\s*(\r?)$/, ` {${named}}$1`);
  return lines.join('\n');
}

/** `ip netns add red` becomes `ip-netns-add`, and the next one `ip-netns-add-2`. */
function freeName(source: string, taken: ReadonlySet<string>): string {
  const first = source.split('\n').find((line) => /^\s*[A-Za-z]/.test(line)) ?? '';
  const words = first.match(/[A-Za-z0-9]+/g)?.slice(0, 3) ?? [];
  const wanted = words.length === 0 ? 'cell' : words.join('-').toLowerCase();
  let name = wanted;
  for (let nth = 2; taken.has(name); nth++) name = `${wanted}-${nth}`;
  return name;
}
