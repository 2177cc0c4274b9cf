import type { Cell } from './cell';

/** A note's text with its cells. */
export interface ScannedNote {
  readonly text: string;
  readonly cells: readonly Cell[];
}

/**
 * Which cell of `after` is which of `before`, where its id changed: old id → new id. Feed it to `RunStore.rekey`, so that
 * a cell keeps its output while one types in it, and while cells that look the same come and go around it.
 *
 * Cells above and below the edit are told by their lines. Of those it touches, one with the same id is the same; the
 * others are paired in order. When their numbers differ (cells were added or removed), nothing is guessed.
 */
export function followCells(before: ScannedNote, after: ScannedNote): Map<string, string> {
  // Nearly every edit leaves the ids as they are; then there is nothing to find out.
  if (sameIds(before.cells, after.cells)) return new Map();
  const { head, tail, shift } = unchangedLines(before.text, after.text);
  const byLine = new Map(after.cells.map((cell) => [cell.line, cell]));
  const pairs = new Map<Cell, Cell>();
  for (const cell of before.cells) {
    const line = cell.endLine <= head ? cell.line : cell.line > tail ? cell.line + shift : null;
    const same = line === null ? undefined : byLine.get(line);
    if (same && same.source === cell.source) pairs.set(cell, same);
  }
  pairTouched(before.cells, after.cells, pairs);
  const moved = new Map<string, string>();
  for (const [old, fresh] of pairs) if (old.id !== fresh.id) moved.set(old.id, fresh.id);
  return moved;
}

function sameIds(before: readonly Cell[], after: readonly Cell[]): boolean {
  return before.length === after.length && before.every((cell, i) => cell.id === after[i]?.id);
}

function pairTouched(before: readonly Cell[], after: readonly Cell[], pairs: Map<Cell, Cell>): void {
  const taken = new Set(pairs.values());
  const byId = new Map(after.filter((cell) => !taken.has(cell)).map((cell) => [cell.id, cell]));
  const vanished: Cell[] = [];
  for (const cell of before) {
    if (pairs.has(cell)) continue;
    const same = byId.get(cell.id);
    if (same) {
      pairs.set(cell, same);
      byId.delete(cell.id);
    } else vanished.push(cell);
  }
  const appeared = [...byId.values()];
  if (vanished.length !== appeared.length) return;
  vanished.forEach((cell, i) => {
    const fresh = appeared[i];
    if (fresh) pairs.set(cell, fresh);
  });
}

/**
 * What an edit left alone: the first `head` lines, and those after line `tail` of the old text, which stand `shift`
 * lines further down now.
 */
function unchangedLines(before: string, after: string): { head: number; tail: number; shift: number } {
  const old = before.split(/\r?\n/);
  const fresh = after.split(/\r?\n/);
  const shortest = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shortest && old[head] === fresh[head]) head++;
  let same = 0;
  while (same < shortest - head && old[old.length - 1 - same] === fresh[fresh.length - 1 - same]) same++;
  return { head, tail: old.length - same, shift: fresh.length - old.length };
}
