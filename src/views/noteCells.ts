import type { Cell } from '../cells/cell';
import { followCells, type ScannedNote } from '../cells/follow';
import { scanCells } from '../cells/scan';
import { Emitter } from './ui/emitter';

/** Keeps something for each cell of a note, which must go along when the cell gets another id. */
export interface KeepsCells {
  rekey(note: string, ids: ReadonlyMap<string, string>): void;
}

/** A note as last seen; its text is made only when somebody asks. */
class SeenNote implements ScannedNote {
  private read: (() => string) | null = null;

  constructor(
    private known: string,
    readonly cells: readonly Cell[],
  ) {}

  get text(): string {
    if (this.read) this.known = this.read();
    this.read = null;
    return this.known;
  }

  retext(read: () => string): void {
    this.read = read;
  }
}

/**
 * The cells of each note as last seen by any view. When a note's text changes, what is kept follows the cells that were
 * edited; because all views report here, an edit that reaches two panes is followed once.
 */
export class NoteCells {
  private readonly seen = new Map<string, SeenNote>();

  /** Cells have other ids now (old → new), because their code or what stands before it was edited. */
  readonly rekeyed = new Emitter<{ readonly note: string; readonly ids: ReadonlyMap<string, string> }>();

  /** What a note expects of its cells was changed. */
  readonly expectationsChanged = new Emitter<string>();

  constructor(private readonly keepers: readonly KeepsCells[]) {}

  knows(note: string): boolean {
    return this.seen.has(note);
  }

  /** The text that was seen last, or null. */
  textOf(note: string): string | null {
    return this.seen.get(note)?.text ?? null;
  }

  /** The cells as last seen; none when nobody looked at the note. */
  cellsOf(note: string): readonly Cell[] {
    return this.seen.get(note)?.cells ?? [];
  }

  /** The note as somebody shows it, who may be behind: counts only when nobody looked at it before. */
  offer(note: string, text: string): void {
    if (!this.knows(note)) this.see(note, text);
  }

  /** The cells of a text that is the note's newest, as far as the caller knows. */
  see(note: string, text: string, scanned?: readonly Cell[]): readonly Cell[] {
    const before = this.seen.get(note);
    if (before?.text === text) return before.cells;
    const after = new SeenNote(text, scanned ?? scanCells(text));
    this.seen.set(note, after);
    if (before) {
      const moved = followCells(before, after);
      if (moved.size > 0) {
        for (const keeper of this.keepers) keeper.rekey(note, moved);
        this.rekeyed.emit({ note, ids: moved });
      }
    }
    if (expectations(before?.cells ?? []) !== expectations(after.cells)) this.expectationsChanged.emit(note);
    return after.cells;
  }

  /** The text changed, but none of its cells did. */
  retext(note: string, read: () => string): void {
    this.seen.get(note)?.retext(read);
  }

  rename(from: string, to: string): void {
    const seen = this.seen.get(from);
    this.seen.delete(from);
    if (seen) this.seen.set(to, seen);
  }

  forget(note: string): void {
    this.seen.delete(note);
  }
}

function expectations(cells: readonly Cell[]): string {
  return cells.flatMap(({ role, info, source }) => (role === 'expect' ? [info, source] : [])).join('\0');
}
