import type { Cell } from './cell';

/**
 * Which cell of `after` is which of `before`, for those whose id changed because their code or name was edited:
 * old id → new id. Feed it to `RunStore.rekey`, so that a cell keeps its output while one types in it.
 *
 * Cells that vanished are paired in order with those that appeared; when their numbers differ (cells were added or
 * removed), nothing is guessed.
 */
export function followCells(before: readonly Cell[], after: readonly Cell[]): Map<string, string> {
  const idsBefore = new Set(before.map((cell) => cell.id));
  const idsAfter = new Set(after.map((cell) => cell.id));
  const vanished = before.filter((cell) => !idsAfter.has(cell.id));
  const appeared = after.filter((cell) => !idsBefore.has(cell.id));
  if (vanished.length !== appeared.length) return new Map();
  return new Map(vanished.map((cell, i) => [cell.id, appeared[i]?.id ?? cell.id]));
}
