import { givenId, type Cell } from '../../cells/cell';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import { icon, iconButton, showProblem } from '../ui/dom';
import { FrameJob } from '../ui/frame';
import { nameElement } from '../ui/name';
import { CellBar } from './cellBar';
import type { CellDesk } from './cellDesk';
import type { CellUi } from './cellUiState';
import { ChangesPanel } from './changesPanel';
import { ExpectationPanel } from './expectationPanel';
import { InputLine } from './inputLine';
import { acceptOutput } from './outputActions';
import { OutputPanel } from './outputPanel';
import { confirmPaste } from './pasteGuard';
import { placeholderForm } from './placeholderForm';
import { TerminalPane } from './terminal/terminalPane';
import { TimelinePanel } from './timelinePanel';

export interface CellViewOptions {
  /** Where only looking makes sense (print, exports): no buttons. */
  readonly static?: boolean;
  /** Called when the view may have another height now. */
  readonly onResize?: () => void;
}

/**
 * All that is shown of a cell below its code, in Live Preview and in Reading view alike. It holds no state of the
 * run: it draws what store and desk know, so it can be destroyed and made anew at any time.
 */
export class CellView {
  private readonly root: HTMLElement;
  private readonly setName: (name: string) => void;
  private readonly card: HTMLElement;
  private readonly bar: CellBar;
  private readonly problems: HTMLElement;
  private readonly form: HTMLElement;
  private readonly terminalPlace: HTMLElement;
  private readonly output: OutputPanel;
  private readonly input: InputLine;
  private readonly expectations: ExpectationPanel;
  private readonly changes: ChangesPanel;
  private readonly timeline: TimelinePanel;
  private readonly frame: FrameJob;
  private readonly unsubscribe: readonly (() => void)[];
  private unsubscribeRuns: () => void;
  private terminal: TerminalPane | null = null;
  private shown: RunSnapshot | null | undefined;

  constructor(
    parent: HTMLElement,
    private readonly desk: CellDesk,
    private note: string,
    private cell: Cell,
    private readonly options: CellViewOptions = {},
  ) {
    this.root = parent.createDiv({ cls: 'labpath-cell', attr: { role: 'group' } });
    this.setName = nameElement(this.root, '');
    this.card = this.root.createDiv({ cls: 'labpath-cell-card' });
    this.bar = new CellBar(this.card, desk, () => ({
      note: this.note,
      cell: this.cell,
      canRun: this.canRun,
    }));
    this.problems = this.card.createDiv();
    this.form = this.card.createDiv();
    this.terminalPlace = this.card.createDiv();
    const setUi = (change: Partial<CellUi>): void => desk.ui.set(this.note, this.cell.id, change);
    this.output = new OutputPanel(this.card, {
      setUi,
      imageOf: (run) => desk.images.of(this.note, this.cell, run),
      repaint: () => this.options.onResize?.(),
    });
    this.input = new InputLine(this.card, {
      send: (line) => desk.sendLine(this.note, this.cell.id, line),
      mayPaste: (text, isSecret) => confirmPaste(desk.app, text, isSecret),
      openTerminal: () => setUi({ terminal: true }),
      enterShell: () => desk.enterShell(this.note, this.cell.id),
    });
    this.expectations = new ExpectationPanel(this.card, (fence, output) => {
      void acceptOutput(desk, this.note, fence, output);
    });
    this.changes = new ChangesPanel(this.card);
    this.timeline = new TimelinePanel(this.card);
    this.frame = new FrameJob(this.root, () => this.draw());
    this.unsubscribeRuns = this.followRuns();
    const redraw = (changed: string | null): void => {
      if (changed === null || changed === this.note) this.drawAll();
    };
    this.unsubscribe = [
      desk.changed.on(redraw),
      desk.ui.changed.on(redraw),
      desk.notes.expectationsChanged.on(redraw),
      // Cards in Reading view belong to the app's preview, which outlives the plugin.
      desk.closed.on(() => this.destroy()),
      desk.renamed.on(({ from, to }) => {
        if (from === this.note) this.show(to, this.cell);
      }),
      this.root.onWindowMigrated(() => this.moveIn()),
    ];
    this.drawAll();
  }

  /** The cell stands here now: its text was edited, or the note renamed. */
  show(note: string, cell: Cell): void {
    this.cell = cell;
    if (note !== this.note) {
      this.note = note;
      this.unsubscribeRuns();
      this.unsubscribeRuns = this.followRuns();
    }
    this.drawAll();
  }

  /** The card stands in another window now: timers, frames, marks and terminals are those of a window. */
  private moveIn(): void {
    this.terminal?.destroy();
    this.terminal = null;
    this.output.forget();
    this.drawAll();
  }

  destroy(): void {
    this.frame.cancel();
    this.bar.destroy();
    this.output.destroy();
    this.terminal?.destroy();
    this.unsubscribeRuns();
    for (const end of this.unsubscribe) end();
    this.root.remove();
  }

  /** Only looks: a place made in the store by looking would be in the way of the run that belongs there. */
  private get snapshot(): RunSnapshot | null {
    return this.desk.store.get(this.note, this.cell.id);
  }

  private get ui(): CellUi {
    return this.desk.ui.get(this.note, this.cell.id);
  }

  private get isStatic(): boolean {
    return this.options.static === true;
  }

  private get canRun(): boolean {
    return this.cell.runnable && !this.desk.unavailable && !this.isStatic;
  }

  private followRuns(): () => void {
    return this.desk.store.subscribeNote(this.note, (changed) => {
      // A cell that waits shows how many wait before it.
      if (changed === this.cell.id || this.snapshot?.status === 'queued') this.frame.schedule();
    });
  }

  private drawAll(): void {
    this.shown = undefined;
    const { cell, desk } = this;
    const name = cell.name ?? givenId(cell);
    this.setName(name === null ? `Cell in line ${cell.line}` : `Cell ${name}`);
    this.root.setAttribute('data-cell', cell.id);
    this.root.toggleClass('is-not-runnable', !cell.runnable);
    this.root.toggleClass('is-static', this.isStatic);
    this.bar.drawCell();
    this.drawForm(desk.hostOf(this.note, cell));
    this.draw();
  }

  private drawForm(host: string): void {
    const { asking } = this.ui;
    // Drawing again would lose what is being typed.
    if (asking && this.canRun && this.form.hasChildNodes()) return;
    this.form.empty();
    if (!asking || !this.canRun) return;
    const { desk, note, cell } = this;
    const form = placeholderForm(this.form, {
      cell,
      host,
      fields: desk.params.fieldsOf(note, cell),
      suggest: (name) => desk.suggester.suggest(note, host, cell, name),
      submit: (values) => {
        desk.fill(this.note, this.cell, values);
        desk.run(this.note, this.cell);
      },
      cancel: () => {
        desk.ui.set(this.note, this.cell.id, { asking: false });
        this.bar.focusRun();
      },
    });
    this.card.win.requestAnimationFrame(() => form.querySelector('input')?.focus());
  }

  private draw(): void {
    const run = this.snapshot;
    const { ui } = this;
    if (run !== this.shown || run?.status === 'queued') this.drawRun(run);
    this.shown = run;
    const inTerminal = this.drawTerminal(run, ui);
    this.output.draw(this.cell, run, ui, inTerminal);
    const takesInput = run?.status === 'running' && !this.isStatic && !inTerminal;
    this.input.update(takesInput, takesInput ? run.output.openLine : '', run?.front ?? null);
    this.changes.draw(ui.changes);
    this.timeline.draw(ui.timeline);
    this.options.onResize?.();
  }

  private drawRun(run: RunSnapshot | null): void {
    const active = isActive(run);
    this.root.toggleClass('has-no-run', run === null);
    this.root.toggleClass('is-running', active);
    this.root.toggleClass('is-failed', run?.status === 'failed' || run?.status === 'lost');
    this.bar.drawRun(run);
    this.drawProblems(run);
    const fences = this.desk.expectationsOf(this.note, this.cell);
    this.expectations.draw(this.cell, run, fences, this.canRun);
  }

  /** Whether a terminal stands in the output's place: for full-screen programs, and when the user wants one. */
  private drawTerminal(run: RunSnapshot | null, ui: CellUi): boolean {
    const wanted = run?.status === 'running' && !this.isStatic && (ui.terminal ?? run.output.isFullScreen);
    if (!wanted || !this.terminal?.shows(run.output)) {
      this.terminal?.destroy();
      this.terminal = null;
    }
    // The wish was for that program; the next one decides anew.
    if (run?.status !== 'running' && ui.terminal !== null) {
      this.desk.ui.set(this.note, this.cell.id, { terminal: null });
    }
    if (!wanted) return false;
    this.terminal ??= new TerminalPane(this.terminalPlace, run.output, {
      app: this.desk.app,
      send: (keys) => this.desk.sendKeys(this.note, this.cell.id, keys),
      resize: (columns, rows) => this.desk.runner.resize(this.note, columns, rows, this.cell.id),
      leave: () => this.desk.ui.set(this.note, this.cell.id, { terminal: false }),
      onResize: () => this.options.onResize?.(),
    });
    this.terminal.draw();
    return true;
  }

  private drawProblems(run: RunSnapshot | null): void {
    this.problems.empty();
    for (const warning of this.cell.warnings) {
      const line = this.problems.createDiv({ cls: 'labpath-note' });
      icon(line, this.cell.whyNot === warning ? 'info' : 'triangle-alert');
      line.createSpan({ text: warning });
    }
    if (this.cell.tools.length > 0 && this.options.static !== true && this.desk.unavailable === null)
      this.drawToolCheck();
    const unavailable = this.cell.runnable ? this.desk.unavailable : null;
    if (unavailable) {
      this.problems.createDiv({ cls: 'labpath-note', text: `${unavailable.what} ${unavailable.next}` });
    }
    if (run?.problem) showProblem(this.problems, run.problem);
  }

  private drawToolCheck(): void {
    const host = this.desk.hostOf(this.note, this.cell);
    iconButton(this.problems.createDiv({ cls: 'labpath-note' }), {
      icon: 'stethoscope',
      label: host === 'lab' ? 'Check on lab machine' : `Check on ${host}`,
      text: true,
      onClick: () => this.desk.checkTools(this.note, this.cell),
    });
  }
}
