import { Notice, type App } from 'obsidian';
import { count } from '../../base/count';
import { problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { isOn, textOf } from '../../cells/options';
import { fillPlaceholders } from '../../cells/placeholders';
import type { RunPlan } from '../../labs/plan';
import type { Aside } from '../../runs/aside';
import type { RunEvent, SessionProvider } from '../../runs/contract';
import type { FilledCell, Runner } from '../../runs/runner';
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

/** A cell as it was when the user was asked. */
interface AskedCell extends FilledCell {
  readonly host: string;
  /** Code that runs beside it, its placeholders open, as it is agreed to; and filled, as it runs. */
  readonly capture: string | null;
  readonly captureCode: string | null;
}

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
    const own = this.fill(note, cell, given);
    const needed = wanted.filter((each) => each !== cell).map((each) => this.fill(note, each, given));
    const isSettled = wishes.agreed === true && own.capture === null;
    if (!(await this.ask(note, isSettled ? needed : [...needed, own], given))) return null;
    await this.runAgreed(note, needed);
    const lacking = needed.find((each) => !this.isReady(note, each.cell));
    if (lacking) {
      // Where others were to come after it, the batch has said so.
      if (lacking === needed.at(-1)) parts.report(notWithout(lacking.cell, cell));
      return null;
    }
    const go = () => parts.runner.run(note, cell, own);
    const run =
      wishes.showChanges === true && own.capture === null
        ? await this.withChanges({ note, host: own.host, cell }, go)
        : await this.withCapture(note, own, go);
    this.afterRun(note, cell, run);
    return run;
  }

  /** Runs what `plan` takes, one cell after another; stops where one ends unexpectedly. */
  async runAll(note: string, plan: RunPlan): Promise<void> {
    const wanted = this.withNeeds(note, plan.run);
    if (wanted === null) return;
    const given = this.parts.params.given(note);
    const cells = wanted.map((each) => this.fill(note, each, given));
    if (await this.ask(note, cells, given)) await this.runAgreed(note, cells);
  }

  /**
   * Whether cells of a note may run, asked at once for all that share a host. What is agreed to is a cell with its
   * capture, so both are asked about together and by themselves.
   */
  mayRun(note: string, cells: readonly Cell[]): Promise<boolean> {
    const given = this.parts.params.given(note);
    const filled = cells.map((each) => this.fill(note, each, given));
    return this.ask(note, filled, given);
  }

  /** Every event of every run comes by here. */
  hear(place: RunEntry, event: RunEvent): void {
    this.ears.get(place)?.(event);
  }

  private async ask(note: string, cells: readonly AskedCell[], given: Given): Promise<boolean> {
    const unavailable = this.parts.unavailable();
    if (unavailable) {
      this.parts.report(unavailable);
      return false;
    }
    const alone = cells.filter(({ capture }) => capture === null);
    if (!(await this.askOf(note, alone, null, given))) return false;
    for (const each of cells) {
      if (each.capture !== null && !(await this.askOf(note, [each], each.capture, given))) return false;
    }
    return true;
  }

  private async askOf(
    note: string,
    cells: readonly AskedCell[],
    capture: string | null,
    given: Given,
  ): Promise<boolean> {
    for (const host of new Set(cells.map((each) => each.host))) {
      const onHost = cells.filter((each) => each.host === host).map(({ cell }) => cell);
      if (!(await this.parts.mayRun({ host, note, cells: onHost, ...given, capture }))) return false;
    }
    return true;
  }

  private async runAgreed(note: string, cells: readonly AskedCell[]): Promise<void> {
    if (cells.length === 0) return;
    const { app, suggester, report, tell } = this.parts;
    for (const { host } of cells) suggester.reach(host);
    const begin = Date.now();
    try {
      const stopped = await runBatch(this.parts, note, cells, tell, ({ cell }, go) => {
        const asked = cells.find((each) => each.cell === cell);
        return asked === undefined ? go() : this.withCapture(note, asked, go);
      });
      if (stopped) report(stopped);
      else if (Date.now() - begin > LONG_RUN && !isNoteShown(app, note)) {
        const have = cells.length === 1 ? 'has' : 'have';
        new Notice(`${count(cells.length, 'cell')} of “${noteName(note)}” ${have} run.`);
      }
    } finally {
      tell(null);
    }
  }

  /** What is asked about, and then runs, whatever becomes of the note meanwhile. */
  private fill(note: string, cell: Cell, given: Given): AskedCell {
    const capture = this.captureOf(note, cell);
    return {
      ...{ cell, host: this.parts.hostOf(note, cell), ...fillCell(cell, given) },
      ...{ capture, captureCode: capture === null ? null : fillPlaceholders(capture, given.values) },
    };
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
  private captureOf(note: string, { attributes }: Cell): string | null {
    const capture = textOf(attributes, 'capture');
    if (capture === null) return null;
    const named = this.parts.cellsOf(note).find(({ id }) => `#${id}` === capture || id === capture);
    return named?.source ?? capture;
  }

  /** Runs a cell, between the beginning and the end of its capture if it has one. */
  private withCapture(
    note: string,
    { cell, host, captureCode }: AskedCell,
    go: () => Promise<RunSnapshot>,
  ): Promise<RunSnapshot> {
    this.parts.ui.set(note, cell.id, { changes: null, timeline: null });
    return captureCode === null
      ? go()
      : captureAround(this.parts, this.ears, { note, host, cell }, captureCode, go);
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
