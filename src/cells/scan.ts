import type { Cell } from './cell';

/** Every cell of a note, top to bottom. */
export function scanCells(text: string): Cell[] {
  return text === '' ? [] : [];
}
