import { Notice, Platform, type App } from 'obsidian';
import { asProblem, problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { isOn, namedHost, textOf } from '../../cells/options';
import { planRunAbove, planRunAll, type RunPlan } from '../../labs/plan';
import { Aside } from '../../runs/aside';
import type { RunEvent, SessionProvider } from '../../runs/contract';
import type { Runner } from '../../runs/runner';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import type { RunEntry, RunStore } from '../../runs/store';
import type { NoteCells } from '../noteCells';
import type { RunQuestion } from '../trust/runGate';
import { Emitter } from '../ui/emitter';
import { captureAround } from './captureRun';
import { runBatch, withNeeds, type BatchProgress } from './cellBatch';
import type { CellUiState } from './cellUiState';
import { changesAround } from './changesRun';
import { expectationsOf } from './expectations';
import { OutputImages } from './outputImages';
import { isNoteShown } from './noteShown';
import { Parameters } from './parameters';
import { Suggester } from './suggester';
import { cellTitle, statusWords } from './words';

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
  /** Looks whether a host has these tools, and shows the answer. */
  readonly checkTools: (host: string, names: readonly string[]) => Promise<void>;
}

/** What is wanted besides running a cell. */
export interface RunWishes {
  /** Show what the cell changed on the machine. */
  readonly showChanges?: boolean;
  /** The user was asked already, with `mayRun`. */
  readonly agreed?: boolean;
}

/** Milliseconds after which a run that ends out of sight is told of. */
const LONG_RUN = 10_000;

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
  private readonly aside: Aside;
  /** Who else hears the events of a run, by place. */
  private readonly ears = new Map<RunEntry, (event: RunEvent) => void>();

  constructor(private readonly parts: CellDeskParts) {
    this.params = new Parameters(parts.app);
    this.aside = new Aside(parts.sessions);
    this.suggester = new Suggester(this.aside);
    this.images = new OutputImages(this.aside, (note) => this.changed.emit(note));
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
  async runNow(note: string, cell: Cell, wishes: RunWishes = {}): Promise<RunSnapshot | null> {
    if (this.unavailable || !cell.runnable) return null;
    const wanted = withNeeds([cell], this.cellsOf(note), (each) => this.isReady(note, each));
    if (!isList(wanted)) {
      this.parts.report(wanted);
      return null;
    }
    const asking = wanted.find((each) => this.params.missing(note, each).length > 0);
    if (asking) {
      this.ui.set(note, asking.id, { asking: true });
      return null;
    }
    const source = this.params.sourceOf(note, cell);
    const host = this.hostOf(note, cell);
    const needed = wanted.filter((each) => each !== cell);
    if (!(await this.mayRun(note, wishes.agreed === true ? needed : wanted))) return null;
    await this.runAgreed(note, needed);
    const lacking = needed.find((each) => !this.isReady(note, each));
    if (lacking) {
      // Where others were to come after it, the batch has said so.
      if (lacking === needed.at(-1)) this.parts.report(notWithout(lacking, cell));
      return null;
    }
    this.ui.set(note, cell.id, { changes: null, timeline: null });
    const go = () => this.parts.runner.run(note, cell, source, host);
    const place = { note, host, cell };
    const run =
      wishes.showChanges === true && this.captureOf(note, cell) === null
        ? await changesAround(this.aside, this.ui, place, go)
        : await this.withCapture(place, go);
    this.afterRun(note, cell, run);
    return run;
  }

  /** Whether a cell has done what others need of it: it has run, or goes on in the background. */
  private isReady(note: string, cell: Cell): boolean {
    const run = this.store.get(note, cell.id);
    const goesOn = isOn(cell.attributes, 'background') && run !== null && isActive(run);
    return goesOn || this.runner.hasRun(note, cell);
  }

  /** Runs what `plan` takes, one cell after another; stops where one ends unexpectedly. */
  async runAll(note: string, plan: RunPlan): Promise<void> {
    const wanted = withNeeds(plan.run, this.cellsOf(note), (each) => this.isReady(note, each));
    if (!isList(wanted)) this.parts.report(wanted);
    else if (!this.unavailable && (await this.mayRun(note, wanted))) await this.runAgreed(note, wanted);
  }

  private async runAgreed(note: string, cells: readonly Cell[]): Promise<void> {
    if (cells.length === 0) return;
    const batch = cells.map((cell) => ({
      cell,
      source: this.params.sourceOf(note, cell),
      host: this.hostOf(note, cell),
    }));
    for (const { host } of batch) this.suggester.reach(host);
    const begin = Date.now();
    try {
      const stopped = await runBatch(
        this.parts,
        note,
        batch,
        (progress) => this.batch.emit(progress),
        ({ cell, host = '' }, go) => {
          this.ui.set(note, cell.id, { changes: null, timeline: null });
          return this.withCapture({ note, cell, host }, go);
        },
      );
      if (stopped) this.parts.report(stopped);
      else if (Date.now() - begin > LONG_RUN && !isNoteShown(this.app, note)) {
        new Notice(`${batch.length} cells of “${noteName(note)}” have run.`);
      }
    } finally {
      this.batch.emit(null);
    }
  }

  /**
   * Whether cells of a note may run, asked at once for all that share a host. What is agreed to is a cell with its
   * capture, so both are asked about together and by themselves.
   */
  async mayRun(note: string, cells: readonly Cell[]): Promise<boolean> {
    if (this.unavailable) {
      this.parts.report(this.unavailable);
      return false;
    }
    const captured = cells.filter((cell) => this.captureOf(note, cell) !== null);
    const others = cells.filter((cell) => !captured.includes(cell));
    if (!(await this.ask(note, others, null))) return false;
    for (const cell of captured) {
      if (!(await this.ask(note, [cell], this.captureOf(note, cell)))) return false;
    }
    return true;
  }

  private async ask(note: string, cells: readonly Cell[], capture: string | null): Promise<boolean> {
    const values = this.params.valuesOf(note);
    for (const host of new Set(cells.map((cell) => this.hostOf(note, cell)))) {
      const onHost = cells.filter((cell) => this.hostOf(note, cell) === host);
      if (!(await this.parts.mayRun({ host, note, cells: onHost, values, capture }))) return false;
    }
    return true;
  }

  /** Every event of every run comes by here. */
  hear(place: RunEntry, event: RunEvent): void {
    this.ears.get(place)?.(event);
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

  /** Runs a cell, between the beginning and the end of its capture if it has one. */
  private withCapture(
    { note, cell, host }: { readonly note: string; readonly cell: Cell; readonly host: string },
    go: () => Promise<RunSnapshot>,
  ): Promise<RunSnapshot> {
    const capture = this.captureOf(note, cell);
    if (capture === null) return go();
    return captureAround(this.parts, this.ears, { note, host, cell }, this.params.fill(note, capture), go);
  }

  private afterRun(note: string, cell: Cell, run: RunSnapshot): void {
    if (run.where !== null) this.suggester.reach(run.host);
    if ((run.durationMs ?? 0) < LONG_RUN || isNoteShown(this.app, note)) return;
    const { text } = statusWords(run, Date.now());
    new Notice(`In “${noteName(note)}”, ${cellTitle(cell)} has ended: ${text}.`);
  }

  /** The code of `capture="…"`, or of the cell that `capture=#id` names, its placeholders open; null without one. */
  private captureOf(note: string, cell: Cell): string | null {
    const capture = textOf(cell.attributes, 'capture');
    if (capture === null) return null;
    const named = this.cellsOf(note).find(({ id }) => `#${id}` === capture || id === capture);
    return named?.source ?? capture;
  }

  private filledCells(note: string, cells: readonly Cell[]): ReadonlySet<string> {
    const filled = cells.filter((cell) => this.params.missing(note, cell).length === 0);
    return new Set(filled.flatMap(({ placeholders }) => placeholders));
  }
}

function isList(wanted: readonly Cell[] | Problem): wanted is readonly Cell[] {
  return Array.isArray(wanted);
}

function noteName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/, '');
}

function notWithout(needed: Cell, cell: Cell): Problem {
  return problem(
    `Running stopped before ${cellTitle(cell)}.`,
    `It needs ${cellTitle(needed)}, which did not end as expected.`,
    'Its output says why.',
  );
}
