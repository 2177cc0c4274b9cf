import { StateField, type Text } from '@codemirror/state';
import type { Cell } from '../../cells/cell';
import { scanCells } from '../../cells/scan';

/** A cell with its place in the document. `from` is the start of the opening fence's line, `to` the end of the last line. */
export interface PlacedCell {
  readonly cell: Cell;
  readonly from: number;
  readonly to: number;
}

/**
 * The cells of the note. A cell whose content did not change keeps its object through edits elsewhere, so that
 * identity says whether its widget must be drawn again. (Its `line` is then the one it was first seen on:
 * places are read from `from` and `to`.)
 */
export const cellField = StateField.define<readonly PlacedCell[]>({
  create: (state) => placeCells(state.doc, []),
  update: (placed, transaction) => (transaction.docChanged ? placeCells(transaction.newDoc, placed) : placed),
});

function placeCells(doc: Text, before: readonly PlacedCell[]): readonly PlacedCell[] {
  const known = new Map(before.map(({ cell }) => [cell.id, cell]));
  return scanCells(doc.toString()).map((cell) => {
    const old = known.get(cell.id);
    return {
      cell: old && sameContent(old, cell) ? old : cell,
      from: doc.line(cell.line).from,
      to: doc.line(Math.min(cell.endLine, doc.lines)).to,
    };
  });
}

/** Whether two cells would be drawn and run alike, wherever they stand. */
function sameContent(a: Cell, b: Cell): boolean {
  return content(a) === content(b);
}

function content(cell: Cell): string {
  return JSON.stringify({ ...cell, line: 0, endLine: 0 });
}
