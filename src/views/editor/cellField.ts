import { StateField, type Text } from '@codemirror/state';
import type { Cell } from '../../cells/cell';
import { scanCells } from '../../cells/scan';

/** A cell with its place in the document: from the start of its opening fence's line to the end of its last line. */
export interface PlacedCell {
  /**
   * Keeps its object while its content does not change, so that identity says whether a widget must be drawn again.
   * Its `line` may be one it stood on earlier: places are read from `from` and `to`.
   */
  readonly cell: Cell;
  readonly from: number;
  readonly to: number;
}

export interface NoteCellState {
  readonly placed: readonly PlacedCell[];
  /** The same cells fresh from the scan, with their present lines. */
  readonly scanned: readonly Cell[];
}

/** The cells of the note in the editor. */
export const cellField = StateField.define<NoteCellState>({
  create: (state) => place(state.doc, []),
  update: (value, transaction) => (transaction.docChanged ? place(transaction.newDoc, value.placed) : value),
});

function place(doc: Text, before: readonly PlacedCell[]): NoteCellState {
  const known = new Map(before.map(({ cell }) => [cell.id, cell]));
  const scanned = scanCells(doc.toString());
  const placed = scanned.map((cell) => {
    const old = known.get(cell.id);
    return {
      cell: old && content(old) === content(cell) ? old : cell,
      from: doc.line(cell.line).from,
      to: doc.line(Math.min(cell.endLine, doc.lines)).to,
    };
  });
  return { placed, scanned };
}

/** All that decides how a cell is drawn and run, wherever it stands. */
function content(cell: Cell): string {
  return JSON.stringify({ ...cell, line: 0, endLine: 0 });
}
