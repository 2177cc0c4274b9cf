import { Notice, type App } from 'obsidian';
import { problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { isOn, textOf } from '../../cells/options';
import type { RunPlan } from '../../labs/plan';
import type { Aside } from '../../runs/aside';
import type { RunEvent, SessionProvider } from '../../runs/contract';
import type { Runner } from '../../runs/runner';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import type { RunEntry, RunStore } from '../../runs/store';
import type { RunQuestion } from '../trust/runGate';
import { captureAround } from './captureRun';
import { runBatch, withNeeds, type BatchProgress } from './cellBatch';
import type { CellUiState } from './cellUiState';
import { changesAround } from './changesRun';
import { fillCell, type Given } from './given';
import { isNoteShown } from './noteShown';
import type { Parameters } from './parameters';
import type { Suggester } from './suggester';
import { cellTitle, statusWords } from './words';

export interface CellRunsParts {
  readonly app: App;
  readonly store: RunStore;
  readonly runner: Runner;
  readonly sessions: SessionProvider;
  readonly ui: CellUiState;
  readonly params: Parameters;
  readonly suggester: Suggester;
  readonly aside: Aside;
  /** The note's cells as last seen. */
  readonly cellsOf: (note: string) => readonly Cell[];
  readonly hostOf: (note: string, cell: Cell) => string;
  /** Why no cell can run here at all, or null. */
  readonly unavailable: () => Problem | null;
  /** Whether cells may run on this host; asks the user when nobody has said so yet. */
  readonly mayRun: (request: RunQuestion) => Promise<boolean>;
  readonly report: (problem: Problem) => void;
  /** How far a batch is; null when it ended. */
  readonly tell: (progress: BatchProgress | null) => void;
}

/** What is wanted besides running a cell. */
export interface RunWishes {
  /** Show what the cell changed on the machine. */
  readonly showChanges?: boolean;
  /** The user was asked already, with `mayRun`. */
  readonly agreed?: boolean;
}

/** Code that runs beside cells, its placeholders open, by id of the cell. */
type Captures = ReadonlyMap<string, string>;

/** Milliseconds after which a run that ends out of sight is told of. */
const LONG_RUN = 10_000;

/** Runs cells with all that belongs to it: what they need, the user's consent, captures, what changed, and the news. */
export class CellRuns {
  /** Who else hears the events of a run, by place. */
  private readonly ears = new Map<RunEntry, (event: RunEvent) => void>();

  constructor(private readonly parts: CellRunsParts) {}

  /** Resolves when the run has ended; null when none was begun. */
  async run(note: string, cell: Cell, wishes: RunWishes = {}): Promise<RunSnapshot | null> {
    const { parts } = this;
    if (parts.unavailable() || !cell.runnable) return null;
    const wanted = this.withNeeds(note, [cell]);
    if (wanted === null) return null;
    const asking = wanted.find((each) => parts.params.missing(note, each).length > 0);
    if (asking) {
      parts.ui.set(note, asking.id, { asking: true });
      return null;
    }
    const given = parts.params.given(note);
    const filled = this.filled(note, cell, given);
    const needed = wanted.filter((each) => each !== cell);
    // What is asked about is what runs, whatever becomes of the note meanwhile.
    const captures = this.capturesOf(note, wanted);
    const isSettled = wishes.agreed === true && !captures.has(cell.id);
    if (!(await this.ask(note, isSettled ? needed : wanted, captures, given))) return null;
    await this.runAgreed(note, needed, captures, given);
    const lacking = needed.find((each) => !this.isReady(note, each));
    if (lacking) {
      // Where others were to come after it, the batch has said so.
      if (lacking === needed.at(-1)) parts.report(notWithout(lacking, cell));
      return null;
    }
    const place = { note, host: filled.host, cell };
    const go = () => parts.runner.run(note, cell, filled);
    const run =
      wishes.showChanges === true && !captures.has(cell.id)
        ? await this.withChanges(place, go)
        : await this.withCapture(place, captures, go);
    this.afterRun(note, cell, run);
    return run;
  }

  /** Runs what `plan` takes, one cell after another; stops where one ends unexpectedly. */
  async runAll(note: string, plan: RunPlan): Promise<void> {
    const wanted = this.withNeeds(note, plan.run);
    if (wanted === null) return;
    const captures = this.capturesOf(note, wanted);
    const given = this.parts.params.given(note);
    if (await this.ask(note, wanted, captures, given)) await this.runAgreed(note, wanted, captures, given);
  }

  /**
   * Whether cells of a note may run, asked at once for all that share a host. What is agreed to is a cell with its
   * capture, so both are asked about together and by themselves.
   */
  mayRun(note: string, cells: readonly Cell[]): Promise<boolean> {
    return this.ask(note, cells, this.capturesOf(note, cells), this.parts.params.given(note));
  }

  /** Every event of every run comes by here. */
  hear(place: RunEntry, event: RunEvent): void {
    this.ears.get(place)?.(event);
  }

  private async ask(
    note: string,
    cells: readonly Cell[],
    captures: Captures,
    given: Given,
  ): Promise<boolean> {
    const unavailable = this.parts.unavailable();
    if (unavailable) {
      this.parts.report(unavailable);
      return false;
    }
    const alone = cells.filter(({ id }) => !captures.has(id));
    if (!(await this.askOf(note, alone, null, given))) return false;
    for (const cell of cells) {
      const capture = captures.get(cell.id);
      if (capture !== undefined && !(await this.askOf(note, [cell], capture, given))) return false;
    }
    return true;
  }

  private async askOf(
    note: string,
    cells: readonly Cell[],
    capture: string | null,
    given: Given,
  ): Promise<boolean> {
    const { hostOf, mayRun } = this.parts;
    for (const host of new Set(cells.map((cell) => hostOf(note, cell)))) {
      const onHost = cells.filter((cell) => hostOf(note, cell) === host);
      if (!(await mayRun({ host, note, cells: onHost, ...given, capture }))) return false;
    }
    return true;
  }

  private async runAgreed(
    note: string,
    cells: readonly Cell[],
    captures: Captures,
    given: Given,
  ): Promise<void> {
    if (cells.length === 0) return;
    const { app, suggester, report, tell } = this.parts;
    const batch = cells.map((cell) => this.filled(note, cell, given));
    for (const { host } of batch) suggester.reach(host);
    const begin = Date.now();
    try {
      const stopped = await runBatch(this.parts, note, batch, tell, ({ cell, host = '' }, go) =>
        this.withCapture({ note, cell, host }, captures, go),
      );
      if (stopped) report(stopped);
      else if (Date.now() - begin > LONG_RUN && !isNoteShown(app, note)) {
        new Notice(`${batch.length} cells of “${noteName(note)}” have run.`);
      }
    } finally {
      tell(null);
    }
  }

  private filled(note: string, cell: Cell, given: Given) {
    return { cell, host: this.parts.hostOf(note, cell), ...fillCell(cell, given) };
  }

  /** These cells with what they need and has not run yet; null when that cannot be, which is told. */
  private withNeeds(note: string, cells: readonly Cell[]): readonly Cell[] | null {
    const wanted = withNeeds(cells, this.parts.cellsOf(note), (each) => this.isReady(note, each));
    if (isList(wanted)) return wanted;
    this.parts.report(wanted);
    return null;
  }

  /** Whether a cell has done what others need of it: it has run, or goes on in the background. */
  private isReady(note: string, cell: Cell): boolean {
    const { store, runner } = this.parts;
    const run = store.get(note, cell.id);
    const goesOn = isOn(cell.attributes, 'background') && run !== null && isActive(run);
    return goesOn || runner.hasRun(note, cell);
  }

  /** The code of `capture="…"`, or of the cell that `capture=#id` names. */
  private capturesOf(note: string, cells: readonly Cell[]): Captures {
    return new Map(
      cells.flatMap((cell): [string, string][] => {
        const capture = textOf(cell.attributes, 'capture');
        if (capture === null) return [];
        const named = this.parts.cellsOf(note).find(({ id }) => `#${id}` === capture || id === capture);
        return [[cell.id, named?.source ?? capture]];
      }),
    );
  }

  /** Runs a cell, between the beginning and the end of its capture if it has one. */
  private withCapture(
    place: Place,
    captures: Captures,
    go: () => Promise<RunSnapshot>,
  ): Promise<RunSnapshot> {
    const { ui, params } = this.parts;
    const { note, cell } = place;
    ui.set(note, cell.id, { changes: null, timeline: null });
    const capture = captures.get(cell.id);
    return capture === undefined
      ? go()
      : captureAround(this.parts, this.ears, place, params.fill(note, capture), go);
  }

  private withChanges(place: Place, go: () => Promise<RunSnapshot>): Promise<RunSnapshot> {
    const { ui, aside } = this.parts;
    ui.set(place.note, place.cell.id, { changes: null, timeline: null });
    return changesAround(aside, ui, place, go);
  }

  private afterRun(note: string, cell: Cell, run: RunSnapshot): void {
    const { app, suggester } = this.parts;
    if (run.where !== null) suggester.reach(run.host);
    if ((run.durationMs ?? 0) < LONG_RUN || isNoteShown(app, note)) return;
    const { text } = statusWords(run, Date.now());
    new Notice(`In “${noteName(note)}”, ${cellTitle(cell)} has ended: ${text}.`);
  }
}

interface Place {
  readonly note: string;
  readonly host: string;
  readonly cell: Cell;
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
