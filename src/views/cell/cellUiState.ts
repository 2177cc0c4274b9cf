import type { Problem } from '../../base/problem';
import type { Captured } from '../../runs/capture';
import type { StateChange } from '../../runs/machineState';
import type { KeepsCells } from '../noteCells';
import { Emitter } from '../ui/emitter';

/** What a cell changed on the machine, while it is being found out, and why that failed. */
export interface ShownChanges {
  readonly changes: readonly StateChange[] | null;
  readonly problem: Problem | null;
}

export type OutputLook = 'text' | 'table' | 'json' | 'plot';

/** How a cell is looked at, apart from its run. Lost when the app closes. */
export interface CellUi {
  /** Its placeholders are being asked for. */
  readonly asking: boolean;
  /** All lines of a long output are shown. */
  readonly unfolded: boolean;
  /** Long lines go on in the next row instead of scrolling. */
  readonly wrapped: boolean;
  /** The search bar is open. */
  readonly searching: boolean;
  /** The user's wish; null shows the output as its cell asks. */
  readonly look: OutputLook | null;
  /** The user's wish; null lets the program decide (full-screen programs get a terminal). */
  readonly terminal: boolean | null;
  /** What the last run changed on the machine, when that was asked for. */
  readonly changes: ShownChanges | null;
  /** What its `capture=` saw, beside what the cell printed. */
  readonly timeline: Captured | null;
}

const PLAIN: CellUi = {
  asking: false,
  unfolded: false,
  wrapped: false,
  searching: false,
  look: null,
  terminal: null,
  changes: null,
  timeline: null,
};

/** How each cell is looked at, the same in all views of its note. It follows the cell as its run does. */
export class CellUiState implements KeepsCells {
  /** The note whose cells look otherwise now. */
  readonly changed = new Emitter<string>();
  private readonly notes = new Map<string, Map<string, CellUi>>();

  get(note: string, cell: string): CellUi {
    return this.notes.get(note)?.get(cell) ?? PLAIN;
  }

  set(note: string, cell: string, change: Partial<CellUi>): void {
    const cells = this.notes.get(note) ?? new Map<string, CellUi>();
    this.notes.set(note, cells);
    cells.set(cell, { ...this.get(note, cell), ...change });
    this.changed.emit(note);
  }

  rename(from: string, to: string): void {
    const cells = this.notes.get(from);
    this.notes.delete(from);
    if (cells) this.notes.set(to, cells);
  }

  rekey(note: string, ids: ReadonlyMap<string, string>): void {
    const cells = this.notes.get(note);
    if (!cells) return;
    const moved = [...ids].map(([from, to]) => ({ to, ui: cells.get(from) }));
    for (const from of ids.keys()) cells.delete(from);
    for (const { to, ui } of moved) {
      if (ui) cells.set(to, ui);
      else cells.delete(to);
    }
  }

  forget(note: string): void {
    this.notes.delete(note);
  }
}
