import { Platform, type App } from 'obsidian';
import { asProblem, problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { namedHost } from '../../cells/options';
import { planRunAbove, planRunAll, type RunPlan } from '../../labs/plan';
import { Aside } from '../../runs/aside';
import type { RunEvent, SessionProvider } from '../../runs/contract';
import type { Runner } from '../../runs/runner';
import type { RunSnapshot } from '../../runs/snapshot';
import type { RunEntry, RunStore } from '../../runs/store';
import type { NoteCells } from '../noteCells';
import type { RunQuestion } from '../trust/runGate';
import { Emitter } from '../ui/emitter';
import type { BatchProgress } from './cellBatch';
import { CellRuns, type RunWishes } from './cellRuns';
import type { CellUiState } from './cellUiState';
import { expectationsOf } from './expectations';
import { OutputImages } from './outputImages';
import { Parameters } from './parameters';
import { Suggester } from './suggester';

export type { BatchProgress } from './cellBatch';

export interface CellDeskParts {
  readonly app: App;
  readonly store: RunStore;
  readonly runner: Runner;
  readonly sessions: SessionProvider;
  readonly notes: NoteCells;
  readonly ui: CellUiState;
  /** Host of a note's cells that name none. */
  readonly hostOfNote: (note: string) => string;
  /** Whether cells may run on this host; asks the user when nobody has said so yet. */
  readonly mayRun: (request: RunQuestion) => Promise<boolean>;
  /** Tells the user what no cell can show. */
  readonly report: (problem: Problem) => void;
  /** The number of the attempt at a note's lab that goes on; null when there is none. */
  readonly turnOf: (note: string) => number | null;
  /** Looks whether a host has these tools, and shows the answer. */
  readonly checkTools: (host: string, names: readonly string[]) => Promise<void>;
}

/** What the user can do with cells, wherever they stand; the widgets and the commands both come here. */
export class CellDesk {
  /** Something a view of this note's cells (null: of all cells) shows besides runs changed: a value, a host. */
  readonly changed = new Emitter<string | null>();
  /** A note is called otherwise now. */
  readonly renamed = new Emitter<{ readonly from: string; readonly to: string }>();
  /** The plugin goes; views that its unloading does not reach take themselves away. */
  readonly closed = new Emitter<void>();
  /** Null when a batch ended. */
  readonly batch = new Emitter<BatchProgress | null>();
  readonly params: Parameters;
  readonly suggester: Suggester;
  readonly images: OutputImages;
  private readonly runs: CellRuns;

  constructor(private readonly parts: CellDeskParts) {
    const { app, sessions } = parts;
    this.params = new Parameters(app, parts.turnOf);
    const aside = new Aside(sessions);
    this.suggester = new Suggester(aside);
    this.images = new OutputImages(aside, (note) => this.changed.emit(note));
    this.runs = new CellRuns({
      ...parts,
      params: this.params,
      suggester: this.suggester,
      aside,
      cellsOf: (note) => this.cellsOf(note),
      hostOf: (note, cell) => this.hostOf(note, cell),
      unavailable: () => this.unavailable,
      tell: (progress) => this.batch.emit(progress),
    });
  }

  get app(): App {
    return this.parts.app;
  }

  get store(): RunStore {
    return this.parts.store;
  }

  get runner(): Runner {
    return this.parts.runner;
  }

  get ui(): CellUiState {
    return this.parts.ui;
  }

  get notes(): NoteCells {
    return this.parts.notes;
  }

  hostOf(note: string, cell: Cell): string {
    return namedHost(cell.attributes) ?? this.parts.hostOfNote(note);
  }

  /** Looks whether the host has what a fence lists. */
  checkTools(note: string, cell: Cell): void {
    void this.parts.checkTools(this.hostOf(note, cell), cell.tools);
  }

  /** Why no cell can run here at all, or null. */
  get unavailable(): Problem | null {
    return Platform.isDesktopApp
      ? null
      : problem('Cells run on the desktop app only.', '', 'Here you see the outputs this device last had.');
  }

  run(note: string, cell: Cell, wishes?: RunWishes): void {
    void this.runNow(note, cell, wishes);
  }

  /** Resolves when the run has ended; null when none was begun. */
  runNow(note: string, cell: Cell, wishes: RunWishes = {}): Promise<RunSnapshot | null> {
    return this.runs.run(note, cell, wishes);
  }

  /** Runs what `plan` takes, one cell after another; stops where one ends unexpectedly. */
  runAll(note: string, plan: RunPlan): Promise<void> {
    return this.runs.runAll(note, plan);
  }

  /** Whether cells of a note may run, their captures included; asks the user when nobody has said so yet. */
  mayRun(note: string, cells: readonly Cell[]): Promise<boolean> {
    return this.runs.mayRun(note, cells);
  }

  /** Every event of every run comes by here. */
  hear(place: RunEntry, event: RunEvent): void {
    this.runs.hear(place, event);
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

  /** The note's cells as last seen. */
  cellsOf(note: string): readonly Cell[] {
    return this.notes.cellsOf(note);
  }

  /** What the note expects a cell to print. */
  expectationsOf(note: string, cell: Cell): readonly Cell[] {
    return expectationsOf(cell, this.cellsOf(note));
  }

  interrupt(note: string, cell?: string): void {
    void this.parts.runner.interrupt(note, cell);
  }

  clear(note: string, cell: string): void {
    this.ui.set(note, cell, { changes: null, timeline: null, searching: false });
    this.store.clear(note, cell);
  }

  clearAll(note: string): void {
    this.store.clearNote(note);
  }

  restart(note: string): void {
    this.parts.runner.restart(note);
    this.changed.emit(note);
  }

  /** A line for the program that is running in the cell. */
  sendLine(note: string, cell: string, line: string): void {
    this.sendKeys(note, cell, `${line}\n`);
  }

  /** Keys for the terminal of the program that is running in the cell. */
  sendKeys(note: string, cell: string, keys: string): void {
    this.parts.runner.input(note, new TextEncoder().encode(keys), cell);
  }

  /** The shell that a cell opened (`sudo -i`, `docker exec -it`, `ssh`) takes the next cells. */
  enterShell(note: string, cell: string): void {
    void this.parts.runner.enter(note, cell).catch((error: unknown) => {
      this.parts.report(asProblem(error, 'The shell was not entered.'));
    });
  }

  report(shown: Problem): void {
    this.parts.report(shown);
  }

  /** Takes the form's values and goes on with what was asked for. */
  fill(note: string, cell: Cell, values: Readonly<Record<string, string>>): void {
    this.params.remember(note, values);
    this.ui.set(note, cell.id, { asking: false });
    this.changed.emit(note);
  }

  rename(from: string, to: string): void {
    this.params.rename(from, to);
    this.ui.rename(from, to);
    this.notes.rename(from, to);
    this.parts.runner.rename(from, to);
    this.renamed.emit({ from, to });
  }

  /** The note is gone: its sessions end, and nothing of it is kept. */
  forget(note: string): void {
    this.parts.runner.restart(note);
    this.store.forget(note);
    this.params.forget(note);
    this.ui.forget(note);
    this.notes.forget(note);
  }

  private filledCells(note: string, cells: readonly Cell[]): ReadonlySet<string> {
    const filled = cells.filter((cell) => this.params.missing(note, cell).length === 0);
    return new Set(filled.flatMap(({ placeholders }) => placeholders));
  }
}
