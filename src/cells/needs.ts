import { problem, type Problem } from '../base/problem';
import type { Cell } from './cell';
import { listOf } from './options';

/** What must have run before a cell, first things first, or why that cannot be said. */
export type Prerequisites =
  | { readonly cells: readonly Cell[]; readonly problem: null }
  | { readonly cells: null; readonly problem: Problem };

/** The cells that `needs=` of a cell names, by id or name, with all that they need in turn. */
export function prerequisitesOf(cell: Cell, note: readonly Cell[]): Prerequisites {
  const order: Cell[] = [];
  const open: Cell[] = [];
  const visit = (current: Cell): Problem | null => {
    open.push(current);
    for (const name of listOf(current.attributes, 'needs')) {
      const needed = note.find(({ id }) => id === name) ?? note.find((each) => each.name === name);
      if (!needed) return unknown(name);
      if (open.includes(needed)) return circle([...open.slice(open.indexOf(needed)), needed]);
      if (order.includes(needed)) continue;
      const wrong = visit(needed);
      if (wrong) return wrong;
      order.push(needed);
    }
    open.pop();
    return null;
  };
  const wrong = visit(cell);
  return wrong ? { cells: null, problem: wrong } : { cells: order, problem: null };
}

function unknown(name: string): Problem {
  return problem(
    'The cell was not run.',
    `It needs “${name}”, and no cell of this note is called that.`,
    'Correct `needs=`.',
  );
}

function circle(cells: readonly Cell[]): Problem {
  const names = cells.map(({ id }) => `“${id}”`).join(' → ');
  return problem('The cell was not run.', `These cells need each other: ${names}.`, 'Correct `needs=`.');
}
