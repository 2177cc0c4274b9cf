import { StateField, type Text, type Transaction } from '@codemirror/state';
import type { Cell } from '../../cells/cell';
import { scanCells } from '../../cells/scan';
import { isPlainProse } from '../../markdown/fences';

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
  /** The same cells fresh from the scan, with their present lines. The same list while no edit concerned a cell. */
  readonly scanned: readonly Cell[];
}

/** The cells of the note in the editor. */
export const cellField = StateField.define<NoteCellState>({
  create: (state) => place(state.doc, []),
  update: (value, transaction) => {
    if (!transaction.docChanged) return value;
    if (!staysInProse(transaction)) return place(transaction.newDoc, value.placed);
    const { changes } = transaction;
    const placed = value.placed.map(({ cell, from, to }) => ({
      cell,
      from: changes.mapPos(from, 1),
      to: changes.mapPos(to, -1),
    }));
    return { placed, scanned: value.scanned };
  },
});

/** Whether two states hold the same cells, wherever they stand. */
export function sameCells(a: NoteCellState, b: NoteCellState): boolean {
  return (
    a.scanned === b.scanned ||
    (a.placed.length === b.placed.length && a.placed.every(({ cell }, i) => cell === b.placed[i]?.cell))
  );
}

/**
 * Whether an edit changes nothing but words within lines of plain prose, outside every container and cell: most key
 * presses are such, and need no scan of the note.
 */
function staysInProse({ startState, newDoc, changes }: Transaction): boolean {
  let stays = true;
  changes.iterChanges((fromA, toA, fromB, toB) => {
    const before = startState.doc.lineAt(fromA);
    const after = newDoc.lineAt(fromB);
    stays &&=
      toA <= before.to &&
      toB <= after.to &&
      isPlainProse(before.text) &&
      isPlainProse(after.text) &&
      isOutside(fromA);
  });
  return stays;

  function isOutside(position: number): boolean {
    return !startState.field(cellField).placed.some(({ from, to }) => position >= from && position <= to);
  }
}

function place(doc: Text, before: readonly PlacedCell[]): NoteCellState {
  const known = new Map(before.map(({ cell }) => [cell.id, cell]));
  const scanned = scanCells(doc.toString());
  const placed = scanned.map((cell) => {
    const old = known.get(cell.id);
    return {
      cell: old && isSame(old, cell) ? old : cell,
      from: doc.line(cell.line).from,
      to: doc.line(Math.min(cell.endLine, doc.lines)).to,
    };
  });
  return { placed, scanned };
}

/** Whether all that decides how a cell is drawn and run is the same, wherever it stands. */
function isSame(a: Cell, b: Cell): boolean {
  return (
    a.info === b.info &&
    a.source === b.source &&
    a.runnable === b.runnable &&
    (a.attributes === b.attributes || JSON.stringify(a.attributes) === JSON.stringify(b.attributes)) &&
    (a.warnings === b.warnings || JSON.stringify(a.warnings) === JSON.stringify(b.warnings))
  );
}
