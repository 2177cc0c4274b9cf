import { problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { prerequisitesOf } from '../../cells/needs';
import { isOn } from '../../cells/options';
import type { FilledCell, RunAllOptions, Runner } from '../../runs/runner';
import { isActive } from '../../runs/snapshot';
import type { RunStore } from '../../runs/store';
import { cellTitle } from './words';

/** How far a "run all" is. */
export interface BatchProgress {
  readonly note: string;
  readonly done: number;
  readonly total: number;
}

/** Cells with all that they need and that has not run in the live session yet, first things first; or why not. */
export function withNeeds(
  cells: readonly Cell[],
  note: readonly Cell[],
  hasRun: (cell: Cell) => boolean,
): readonly Cell[] | Problem {
  const order: Cell[] = [];
  const add = (cell: Cell): void => {
    if (!order.some(({ id }) => id === cell.id)) order.push(cell);
  };
  for (const cell of cells) {
    const needed = prerequisitesOf(cell, note);
    if (needed.problem) return needed.problem;
    for (const each of needed.cells) if (!hasRun(each) || cells.includes(each)) add(each);
    add(cell);
  }
  return order;
}

/** Runs cells one after another and tells how far they are. Resolves with what stopped them, or null. */
export async function runBatch(
  { runner, store }: { readonly runner: Runner; readonly store: RunStore },
  note: string,
  batch: readonly FilledCell[],
  tell: (progress: BatchProgress) => void,
  around?: RunAllOptions['around'],
): Promise<Problem | null> {
  const before = new Map(batch.map(({ cell: { id } }) => [id, store.get(note, id)]));
  const waited = batch.filter(({ cell }) => !isOn(cell.attributes, 'background'));
  const report = (): void => {
    const ended = waited.filter(({ cell: { id } }) => {
      const run = store.get(note, id);
      return run !== before.get(id) && run !== null && !isActive(run);
    });
    tell({ note, done: ended.length, total: waited.length });
  };
  const unsubscribe = store.subscribeNote(note, report);
  report();
  try {
    const { ran, notRun } = await runner.runAll(note, batch, {
      background: 'leave',
      ...(around ? { around } : {}),
    });
    const last = ran.at(-1)?.cell;
    return last && notRun.length > 0 ? stoppedAt(last, notRun.length) : null;
  } finally {
    unsubscribe();
  }
}

function stoppedAt(cell: Cell, left: number): Problem {
  return problem(
    `Running stopped at ${cellTitle(cell)}.`,
    `It did not end as expected; ${left === 1 ? 'one cell was' : `${left} cells were`} not run.`,
    'See its output, then run all again.',
  );
}
