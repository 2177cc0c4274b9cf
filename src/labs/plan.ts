import type { Cell, Role } from '../cells/cell';
import { isOn } from '../cells/options';

export interface SkippedCell {
  readonly cell: Cell;
  /** A full sentence. */
  readonly reason: string;
}

export interface RunPlan {
  readonly run: readonly Cell[];
  readonly skipped: readonly SkippedCell[];
}

/** Why a role is not for "run all". */
const NOT_IN_RUN_ALL: Readonly<Partial<Record<Role, string>>> = {
  fault: 'A fault runs only when you break the lab on purpose.',
  hint: 'A hint runs when you ask for it.',
  solution: 'A solution runs when you reveal it.',
  cleanup: 'Cleanup runs when the lab is stopped.',
};

/**
 * What "run all" takes: setup and files first, then plain, step, observe and check cells, each group as it stands in
 * the note. Expected outputs are neither run nor skipped.
 *
 * @param filled names of the placeholders that have a value
 */
export function planRunAll(cells: readonly Cell[], filled: ReadonlySet<string> = new Set()): RunPlan {
  const run: Cell[] = [];
  const skipped: SkippedCell[] = [];
  for (const cell of cells) {
    if (cell.role === 'expect') continue;
    const reason = reasonToSkip(cell, filled);
    if (reason === null) run.push(cell);
    else skipped.push({ cell, reason });
  }
  return { run: [...run.filter(isSetup), ...run.filter((cell) => !isSetup(cell))], skipped };
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

function isSetup(cell: Cell): boolean {
  return cell.role === 'setup' || cell.role === 'file';
}

function reasonToSkip(cell: Cell, filled: ReadonlySet<string>): string | null {
  if (cell.whyNot !== null) return cell.whyNot;
  const byRole = cell.role === null ? undefined : NOT_IN_RUN_ALL[cell.role];
  if (byRole !== undefined) return byRole;
  if (isOn(cell.attributes, 'skip')) return 'It is marked `skip`.';
  if (isOn(cell.attributes, 'copy')) return 'It is marked to be copied, not run.';
  const open = cell.placeholders.filter((name) => !filled.has(name));
  if (open.length > 0) {
    const names = open.map((name) => `<${name}>`).join(', ');
    return open.length === 1
      ? `Its placeholder ${names} has no value.`
      : `Its placeholders ${names} have no values.`;
  }
  return null;
}
