import { Notice } from 'obsidian';
import type { Cell } from '../../cells/cell';
import { isActive, isStale, type RunSnapshot } from '../../runs/snapshot';
import { icon, iconButton, setButtonLabel, showProblem } from '../ui/dom';
import { nameElement } from '../ui/name';
import { FrameJob } from '../ui/frame';
import type { CellDesk } from './cellDesk';
import { cellChips } from './chips';
import { InputLine } from './inputLine';
import { OutputPanel } from './outputPanel';
import { placeholderForm } from './placeholderForm';
import { statusWords, whereWords, type StatusWords } from './words';

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
  private readonly run: HTMLButtonElement;
  private readonly interrupt: HTMLButtonElement;
  private readonly chips: HTMLElement;
  private readonly status: HTMLElement;
  private readonly where: HTMLElement;
  private readonly copy: HTMLButtonElement;
  private readonly clear: HTMLButtonElement;
  private readonly problems: HTMLElement;
  private readonly form: HTMLElement;
  private readonly output: OutputPanel;
  private readonly input: InputLine;
  private readonly frame: FrameJob;
  private readonly unsubscribe: readonly (() => void)[];
  private unsubscribeRuns: () => void;
  private shown: RunSnapshot | null | undefined;
  private clock: { readonly win: Window; readonly id: number } | null = null;
  private elapsed: HTMLElement | null = null;

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
    const bar = this.card.createDiv({ cls: 'labpath-cell-bar' });
    this.run = iconButton(bar, {
      icon: 'play',
      label: 'Run',
      text: true,
      cls: 'labpath-run',
      onClick: () => desk.run(this.note, this.cell),
    });
    this.interrupt = iconButton(bar, {
      icon: 'square',
      label: 'Interrupt',
      text: true,
      cls: 'labpath-interrupt',
      onClick: () => desk.interrupt(this.note, this.cell.id),
    });
    this.chips = bar.createSpan({ cls: 'labpath-chips' });
    bar.createSpan({ cls: 'labpath-spacer' });
    this.where = bar.createSpan({ cls: 'labpath-where' });
    this.status = bar.createSpan({ cls: 'labpath-status', attr: { role: 'status' } });
    this.copy = iconButton(bar, {
      icon: 'copy',
      label: 'Copy output',
      onClick: () => void this.copyOutput(),
    });
    this.clear = iconButton(bar, {
      icon: 'eraser',
      label: 'Clear output',
      onClick: () => desk.clear(this.note, this.cell.id),
    });
    this.problems = this.card.createDiv();
    this.form = this.card.createDiv();
    this.output = new OutputPanel(this.card, (unfolded) =>
      desk.setUnfolded(this.note, this.cell.id, unfolded),
    );
    this.input = new InputLine(this.card, (line) => desk.sendLine(this.note, this.cell.id, line));
    this.frame = new FrameJob(parent.win, () => this.draw());
    this.unsubscribeRuns = this.followRuns();
    this.unsubscribe = [
      desk.changed.on((changed) => {
        if (changed === null || changed === this.note) this.drawAll();
      }),
      // Cards in Reading view belong to the app's preview, which outlives the plugin.
      desk.closed.on(() => this.destroy()),
      desk.renamed.on(({ from, to }) => {
        if (from === this.note) this.show(to, this.cell);
      }),
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

  destroy(): void {
    this.frame.cancel();
    this.tick(false);
    this.unsubscribeRuns();
    for (const end of this.unsubscribe) end();
    this.root.remove();
  }

  /** Only looks: a place made in the store by looking would be in the way of the run that belongs there. */
  private get snapshot(): RunSnapshot | null {
    return this.desk.store.get(this.note, this.cell.id);
  }

  private followRuns(): () => void {
    return this.desk.store.subscribeNote(this.note, (changed) => {
      if (changed === this.cell.id) this.frame.schedule();
    });
  }

  private drawAll(): void {
    this.shown = undefined;
    const { cell, desk } = this;
    const unavailable = desk.unavailable;
    const host = desk.hostOf(this.note, cell);
    const runnable = cell.runnable && !unavailable && this.options.static !== true;
    this.setName(cell.name === null ? `Cell in line ${cell.line}` : `Cell ${cell.name}`);
    this.root.setAttribute('data-cell', cell.id);
    this.root.toggleClass('is-not-runnable', !cell.runnable);
    this.root.toggleClass('is-static', this.options.static === true);
    this.run.toggleClass('labpath-hidden', !runnable);
    setButtonLabel(this.run, `Run on ${host}`);
    cellChips(this.chips, cell, desk.valuesOf(this.note), () => desk.ask(this.note, cell));
    this.drawForm(runnable, host);
    this.draw();
  }

  private drawForm(runnable: boolean, host: string): void {
    const asking = runnable && this.desk.isAsking(this.note, this.cell);
    // Drawing again would lose what is being typed.
    if (asking && this.form.hasChildNodes()) return;
    this.form.empty();
    if (!asking) return;
    const form = placeholderForm(this.form, {
      cell: this.cell,
      host,
      values: this.desk.valuesOf(this.note),
      submit: (values) => {
        this.desk.fill(this.note, this.cell, values);
        this.desk.run(this.note, this.cell);
      },
      cancel: () => {
        this.desk.stopAsking(this.note, this.cell);
        this.run.focus();
      },
    });
    this.card.win.requestAnimationFrame(() => form.querySelector('input')?.focus());
  }

  private draw(): void {
    const run = this.snapshot;
    if (run !== this.shown) this.drawRun(run);
    this.shown = run;
    this.output.draw(run, this.desk.isUnfolded(this.note, this.cell.id));
    this.options.onResize?.();
  }

  private drawRun(run: RunSnapshot | null): void {
    const active = isActive(run);
    this.root.toggleClass('is-running', active);
    this.root.toggleClass('is-failed', run?.status === 'failed' || run?.status === 'lost');
    this.run.toggleClass('labpath-hidden', active || !this.canRun);
    this.interrupt.toggleClass('labpath-hidden', !active || this.options.static === true);
    this.clear.toggleClass('labpath-hidden', run === null || active || this.options.static === true);
    this.copy.toggleClass('labpath-hidden', run === null || this.options.static === true);
    this.input.toggle(run?.status === 'running' && this.options.static !== true);
    this.where.setText(run?.where ? whereWords(run.where) : '');
    this.where.setAttribute('aria-label', run?.where ? `Ran at ${whereWords(run.where)}` : '');
    this.drawStatus(run);
    this.drawProblems(run);
    this.tick(active);
  }

  private drawStatus(run: RunSnapshot | null): void {
    this.status.empty();
    this.status.className = 'labpath-status';
    if (!run) return;
    const words = statusWords(run, Date.now());
    this.status.addClass(`is-${words.tone}`);
    icon(this.status, words.icon);
    this.status.createSpan({ text: words.text });
    // Seconds that pass are not read out one by one.
    this.elapsed = this.status.createSpan({ text: elapsedWords(words), attr: { 'aria-hidden': 'true' } });
    if (!isActive(run) && isStale(run, this.cell)) {
      this.status.createSpan({ cls: 'labpath-chip', text: 'Code changed since' });
    }
  }

  private drawElapsed(): void {
    const run = this.snapshot;
    if (run) this.elapsed?.setText(elapsedWords(statusWords(run, Date.now())));
  }

  private drawProblems(run: RunSnapshot | null): void {
    this.problems.empty();
    for (const warning of this.cell.warnings) {
      const line = this.problems.createDiv({ cls: 'labpath-note' });
      icon(line, this.cell.whyNot === warning ? 'info' : 'triangle-alert');
      line.createSpan({ text: warning });
    }
    const unavailable = this.cell.runnable ? this.desk.unavailable : null;
    if (unavailable) {
      this.problems.createDiv({ cls: 'labpath-note', text: `${unavailable.what} ${unavailable.next}` });
    }
    if (run?.problem) showProblem(this.problems, run.problem);
  }

  private get canRun(): boolean {
    return this.cell.runnable && !this.desk.unavailable && this.options.static !== true;
  }

  /** Elapsed time moves on even when nothing is printed. */
  private tick(active: boolean): void {
    if (active && this.clock === null) {
      // The card may move to a window of its own meanwhile; a timer ends only in the window that made it.
      const { win } = this.card;
      this.clock = { win, id: win.setInterval(() => this.drawElapsed(), 1000) };
    } else if (!active && this.clock !== null) {
      this.clock.win.clearInterval(this.clock.id);
      this.clock = null;
    }
  }

  private async copyOutput(): Promise<void> {
    const run = this.snapshot;
    if (!run) return;
    await navigator.clipboard.writeText(run.output.plain());
    new Notice('Output copied.');
  }
}

function elapsedWords({ elapsed }: StatusWords): string {
  return elapsed === '' ? '' : `· ${elapsed}`;
}
