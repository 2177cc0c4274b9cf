import type { Cell } from '../cells/cell';
import { followCells } from '../cells/follow';
import { scanCells } from '../cells/scan';
import type { RunStore } from '../runs/store';

interface Seen {
  readonly text: string;
  readonly cells: readonly Cell[];
}

/**
 * The cells of each note as last seen by any view. When a note's text changes, runs follow the cells that were
 * edited; because all views report here, an edit that reaches two panes is followed once.
 */
export class NoteCells {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly store: RunStore) {}

  knows(note: string): boolean {
    return this.seen.has(note);
  }

  /** The cells of a text that is the note's newest, as far as the caller knows. */
  see(note: string, text: string, scanned?: readonly Cell[]): readonly Cell[] {
    const before = this.seen.get(note);
    if (before?.text === text) return before.cells;
    const cells = scanned ?? scanCells(text);
    this.seen.set(note, { text, cells });
    if (before) {
      const moved = followCells(before.cells, cells);
      if (moved.size > 0) this.store.rekey(note, moved);
    }
    return cells;
  }

  rename(from: string, to: string): void {
    const seen = this.seen.get(from);
    this.seen.delete(from);
    if (seen) this.seen.set(to, seen);
  }
}
