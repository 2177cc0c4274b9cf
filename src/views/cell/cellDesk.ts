import { Platform, type App } from 'obsidian';
import { problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { fillPlaceholders } from '../../cells/placeholders';
import { launch } from '../../labs/launch';
import { planRunAbove, planRunAll, type RunPlan } from '../../labs/plan';
import type { Runner } from '../../runs/runner';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import type { RunStore } from '../../runs/store';
import type { RunQuestion } from '../trust/runGate';
import { Emitter } from '../ui/emitter';
import type { PlaceholderValues } from './placeholderValues';

export interface CellDeskParts {
  readonly app: App;
  readonly store: RunStore;
  readonly runner: Runner;
  readonly values: PlaceholderValues;
  /** Host of a note's cells that name none. */
  readonly hostOfNote: (note: string) => string;
  /** Whether cells may run on this host; asks the user when nobody has said so yet. */
  readonly mayRun: (request: RunQuestion) => Promise<boolean>;
  /** Tells the user what no cell can show. */
  readonly report: (problem: Problem) => void;
}

/** How far a "run all" is. */
export interface BatchProgress {
  readonly note: string;
  readonly done: number;
  readonly total: number;
}

/** What the user can do with cells, wherever they stand; the widgets and the commands both come here. */
export class CellDesk {
  /** Something a view of this note's cells (null: of all cells) shows besides runs changed: a form, a fold, a host. */
  readonly changed = new Emitter<string | null>();
  /** A note is called otherwise now. */
  readonly renamed = new Emitter<{ readonly from: string; readonly to: string }>();
  /** The plugin goes; views that its unloading does not reach take themselves away. */
  readonly closed = new Emitter<void>();
  /** Null when a batch ended. */
  readonly batch = new Emitter<BatchProgress | null>();
  private readonly asking = new Set<string>();
  private readonly unfolded = new Set<string>();

  constructor(private readonly parts: CellDeskParts) {}

  get store(): RunStore {
    return this.parts.store;
  }

  hostOf(note: string, cell: Cell): string {
    return launch(cell, note).host ?? this.parts.hostOfNote(note);
  }

  /** Why no cell can run here at all, or null. */
  get unavailable(): Problem | null {
    return Platform.isDesktopApp
      ? null
      : problem('Cells run on the desktop app only.', '', 'Here you see the outputs this device last had.');
  }

  run(note: string, cell: Cell): void {
    void this.runNow(note, cell);
  }

  /** Resolves when the run has ended; null when none was begun. */
  async runNow(note: string, cell: Cell): Promise<RunSnapshot | null> {
    if (this.unavailable || !cell.runnable) return null;
    if (this.missingValues(note, cell).length > 0) {
      this.ask(note, cell);
      return null;
    }
    const source = this.sourceOf(note, cell);
    const host = this.hostOf(note, cell);
    if (!(await this.parts.mayRun({ host, note, cells: [cell], values: this.valuesOf(note) }))) return null;
    return this.parts.runner.run(note, cell, source, host);
  }

  /** Runs what `plan` takes, one cell after another; stops where one ends unexpectedly. */
  async runAll(note: string, plan: RunPlan): Promise<void> {
    if (this.unavailable || plan.run.length === 0) return;
    const batch = plan.run.map((cell) => ({
      cell,
      source: this.sourceOf(note, cell),
      host: this.hostOf(note, cell),
    }));
    for (const host of new Set(batch.map((filled) => filled.host))) {
      const cells = batch.filter((filled) => filled.host === host).map(({ cell }) => cell);
      if (!(await this.parts.mayRun({ host, note, cells, values: this.valuesOf(note) }))) return;
    }
    const before = new Map(plan.run.map(({ id }) => [id, this.store.get(note, id)]));
    const report = (): void => {
      const ended = [...before].filter(([id, old]) => {
        const run = this.store.get(note, id);
        return run !== old && run !== null && !isActive(run);
      });
      this.batch.emit({ note, done: ended.length, total: before.size });
    };
    const unsubscribe = this.store.subscribeNote(note, report);
    report();
    try {
      const { ran, notRun } = await this.parts.runner.runAll(note, batch);
      const last = ran.at(-1)?.cell;
      if (last && notRun.length > 0) this.parts.report(stoppedAt(last, notRun.length));
    } finally {
      unsubscribe();
      this.batch.emit(null);
    }
  }

  /** What "run all" would run of these cells, and what not, with reasons. */
  planAll(note: string, cells: readonly Cell[]): RunPlan {
    return planRunAll(cells, this.filledCells(note, cells));
  }

  /** As `planAll`, of the cells above a 1-based line. */
  planAbove(note: string, cells: readonly Cell[], line: number): RunPlan {
    return planRunAbove(cells, line, this.filledCells(note, cells));
  }

  hostsOf(note: string, plan: RunPlan): string[] {
    return [...new Set(plan.run.map((cell) => this.hostOf(note, cell)))];
  }

  interrupt(note: string, cell?: string): void {
    void this.parts.runner.interrupt(note, cell);
  }

  clear(note: string, cell: string): void {
    this.store.clear(note, cell);
  }

  clearAll(note: string): void {
    this.store.clearNote(note);
  }

  restart(note: string): void {
    this.parts.runner.restart(note);
  }

  /** A line for the program that is running in the cell. */
  sendLine(note: string, cell: string, line: string): void {
    this.parts.runner.input(note, new TextEncoder().encode(`${line}\n`), cell);
  }

  valuesOf(note: string): Readonly<Record<string, string>> {
    return this.parts.values.of(note);
  }

  missingValues(note: string, cell: Cell): readonly string[] {
    const values = this.valuesOf(note);
    return cell.placeholders.filter((name) => (values[name] ?? '') === '');
  }

  fill(note: string, cell: Cell, values: Readonly<Record<string, string>>): void {
    this.parts.values.remember(note, values);
    this.asking.delete(key(note, cell.id));
    this.changed.emit(note);
  }

  ask(note: string, cell: Cell): void {
    this.asking.add(key(note, cell.id));
    this.changed.emit(note);
  }

  stopAsking(note: string, cell: Cell): void {
    this.asking.delete(key(note, cell.id));
    this.changed.emit(note);
  }

  isAsking(note: string, cell: Cell): boolean {
    return this.asking.has(key(note, cell.id));
  }

  isUnfolded(note: string, cell: string): boolean {
    return this.unfolded.has(key(note, cell));
  }

  setUnfolded(note: string, cell: string, unfolded: boolean): void {
    if (unfolded) this.unfolded.add(key(note, cell));
    else this.unfolded.delete(key(note, cell));
    this.changed.emit(note);
  }

  rename(from: string, to: string): void {
    this.parts.values.rename(from, to);
    this.parts.runner.rename(from, to);
    this.renamed.emit({ from, to });
  }

  private filledCells(note: string, cells: readonly Cell[]): ReadonlySet<string> {
    return new Set(cells.filter((cell) => this.missingValues(note, cell).length === 0).map(({ id }) => id));
  }

  private sourceOf(note: string, cell: Cell): string {
    return cell.placeholders.length === 0 ? cell.source : fillPlaceholders(cell.source, this.valuesOf(note));
  }
}

function stoppedAt(cell: Cell, left: number): Problem {
  return problem(
    `Running stopped at ${cellTitle(cell)}.`,
    `It did not end as expected; ${left === 1 ? 'one cell was' : `${left} cells were`} not run.`,
    'See its output, then run all again.',
  );
}

/** How a cell is called in sentences. */
export function cellTitle(cell: Cell): string {
  return cell.name === null ? `the cell in line ${cell.line}` : `“${cell.name}”`;
}

/** A NUL cannot stand in a path. */
function key(note: string, cell: string): string {
  return `${note}\0${cell}`;
}
