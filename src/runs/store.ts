import type { RunSnapshot } from './snapshot';

/** Called when the run of a cell changed, was cleared, or printed something. */
export type RunListener = (cellId: string) => void;

/** The place of one cell's run in the store. It follows renames of the note and edits of the cell. */
export interface RunEntry {
  readonly note: string;
  readonly cell: string;
  readonly snapshot: RunSnapshot | null;
}

interface Entry extends RunEntry {
  note: string;
  cell: string;
  snapshot: RunSnapshot | null;
}

/**
 * The last run of every cell, for all views of a note alike. Keyed by note (vault path) and cell id; a run goes with
 * its note when that is renamed.
 */
export class RunStore {
  private readonly notes = new Map<string, Map<string, Entry>>();
  private readonly listeners = new Map<string, Set<RunListener>>();
  /** Places of cells that are gone, while another cell has their id. */
  private readonly displaced = new WeakSet<RunEntry>();

  get(note: string, cell: string): RunSnapshot | null {
    return this.notes.get(note)?.get(cell)?.snapshot ?? null;
  }

  /** The cells of a note that have a run. */
  cells(note: string): string[] {
    return [...(this.notes.get(note)?.values() ?? [])]
      .filter((entry) => entry.snapshot !== null)
      .map((entry) => entry.cell);
  }

  /** Every run, as places in the store. */
  entries(): RunEntry[] {
    return [...this.notes.values()].flatMap((cells) => [...cells.values()]);
  }

  /** The place of a cell's run, made when there is none: what a run in progress holds on to. */
  entry(note: string, cell: string): RunEntry {
    return this.place(note, cell);
  }

  /** Sets (or with null clears) the run at a place, wherever its note is called by now. */
  update(place: RunEntry, snapshot: RunSnapshot | null): void {
    // The cell was removed, and another one may stand in its place: what still runs is nobody's output any more.
    if (this.displaced.has(place)) return;
    const entry = this.place(place.note, place.cell);
    entry.snapshot = snapshot;
    this.touch(entry);
  }

  /** Tells the listeners that the output at a place grew. */
  touch(place: RunEntry): void {
    for (const listener of [...(this.listeners.get(place.note) ?? [])]) listener(place.cell);
  }

  clear(note: string, cell: string): void {
    const entry = this.notes.get(note)?.get(cell);
    if (!entry) return;
    entry.snapshot = null;
    this.touch(entry);
  }

  clearNote(note: string): void {
    for (const cell of this.cells(note)) this.clear(note, cell);
  }

  /** The note is gone for good. */
  forget(note: string): void {
    this.clearNote(note);
    this.notes.delete(note);
  }

  /** The note is called otherwise now; its runs and listeners go with it. */
  rename(from: string, to: string): void {
    if (from === to) return;
    const cells = this.notes.get(from);
    if (cells) {
      this.notes.delete(from);
      this.notes.set(to, cells);
      for (const entry of cells.values()) entry.note = to;
    }
    const listeners = this.listeners.get(from);
    if (listeners) {
      this.listeners.delete(from);
      const there = this.listeners.get(to);
      for (const listener of there ?? []) listeners.add(listener);
      this.listeners.set(to, listeners);
    }
  }

  /** Cells of a note have new ids (old → new, from `followCells`); their runs go with them. */
  rekey(note: string, ids: ReadonlyMap<string, string>): void {
    const cells = this.notes.get(note);
    if (!cells) return;
    const moved = [...ids].flatMap(([from, to]) => {
      const entry = cells.get(from);
      cells.delete(from);
      return entry ? [{ entry, from, to }] : [];
    });
    for (const { entry, to } of moved) {
      const removed = cells.get(to);
      if (removed) this.displaced.add(removed);
      entry.cell = to;
      cells.set(to, entry);
    }
    for (const { entry, from } of moved) {
      this.touch({ ...entry, cell: from });
      this.touch(entry);
    }
  }

  /** Calls back for one cell; gives the way to stop it. */
  subscribe(note: string, cell: string, listener: () => void): () => void {
    return this.subscribeNote(note, (changed) => {
      if (changed === cell) listener();
    });
  }

  /** Calls back for every cell of a note; gives the way to stop it. A rename of the note keeps it. */
  subscribeNote(note: string, listener: RunListener): () => void {
    const listeners = this.listeners.get(note) ?? new Set<RunListener>();
    this.listeners.set(note, listeners);
    listeners.add(listener);
    return () => {
      for (const set of this.listeners.values()) set.delete(listener);
    };
  }

  private place(note: string, cell: string): Entry {
    const cells = this.notes.get(note) ?? new Map<string, Entry>();
    this.notes.set(note, cells);
    const entry = cells.get(cell) ?? { note, cell, snapshot: null };
    cells.set(cell, entry);
    return entry;
  }
}
