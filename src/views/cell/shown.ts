import type { Cell } from '../../cells/cell';

/** Whether a cell has a card of its own. Expected output is prose of the cell it belongs to. */
export function isShown(cell: Cell): boolean {
  return cell.role !== 'expect';
}
