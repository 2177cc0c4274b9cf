import { maskedValues } from '../../trust/secretNames';
import type { Cell } from '../../cells/cell';
import { isActive, isStale, type RunSnapshot } from '../../runs/snapshot';
import { icon, iconButton, setButtonLabel } from '../ui/dom';
import type { CellDesk } from './cellDesk';
import { showCellMenu } from './cellMenu';
import { cellChips } from './chips';
import { copyText } from './outputActions';
import { SessionChip } from './sessionChip';
import { statusWords, type StatusWords } from './words';

export interface BarPlace {
  readonly note: string;
  readonly cell: Cell;
  readonly canRun: boolean;
}

/** The bar of a cell: run or interrupt, what the cell is, where it ran, how that ended, and what else can be done. */
export class CellBar {
  private readonly run: HTMLButtonElement;
  private readonly interrupt: HTMLButtonElement;
  private readonly chips: HTMLElement;
  private readonly where: SessionChip;
  private readonly status: HTMLElement;
  private readonly copy: HTMLButtonElement;
  private readonly clear: HTMLButtonElement;
  private readonly more: HTMLButtonElement;
  private clock: { readonly win: Window; readonly id: number } | null = null;
  private elapsed: HTMLElement | null = null;

  constructor(
    parent: HTMLElement,
    private readonly desk: CellDesk,
    private readonly place: () => BarPlace,
  ) {
    const bar = parent.createDiv({ cls: 'labpath-cell-bar' });
    this.run = iconButton(bar, {
      icon: 'play',
      label: 'Run',
      text: true,
      cls: 'labpath-run',
      onClick: () => desk.run(place().note, place().cell),
    });
    this.interrupt = iconButton(bar, {
      icon: 'square',
      label: 'Interrupt',
      text: true,
      cls: 'labpath-interrupt',
      onClick: () => desk.interrupt(place().note, place().cell.id),
    });
    this.chips = bar.createSpan({ cls: 'labpath-chips' });
    bar.createSpan({ cls: 'labpath-spacer' });
    this.where = new SessionChip(bar);
    this.status = bar.createSpan({ cls: 'labpath-status', attr: { role: 'status' } });
    this.copy = iconButton(bar, {
      icon: 'copy',
      label: 'Copy output',
      onClick: () => void copyText(this.snapshot?.output.plain() ?? '', 'Output copied.'),
    });
    this.clear = iconButton(bar, {
      icon: 'eraser',
      label: 'Clear output',
      onClick: () => desk.clear(place().note, place().cell.id),
    });
    this.more = iconButton(bar, {
      icon: 'more-horizontal',
      label: 'More actions',
      onClick: (event) => showCellMenu(event, { desk, run: this.snapshot, ...place() }),
    });
  }

  /** What depends on the cell and not on its run. */
  drawCell(): void {
    const { note, cell, canRun } = this.place();
    setButtonLabel(this.run, `Run on ${this.desk.hostOf(note, cell)}`);
    this.more.toggleClass('labpath-hidden', !canRun && this.snapshot === null);
    const edit = (): void => this.desk.ui.set(note, cell.id, { asking: true });
    cellChips(this.chips, cell, maskedValues(this.desk.params.valuesOf(note)), edit);
  }

  drawRun(run: RunSnapshot | null): void {
    const { note, cell, canRun } = this.place();
    const active = isActive(run);
    const hasButtons = canRun || (run !== null && !this.isStatic);
    this.run.toggleClass('labpath-hidden', active || !canRun);
    this.interrupt.toggleClass('labpath-hidden', !active || this.isStatic);
    this.clear.toggleClass('labpath-hidden', run === null || active || this.isStatic);
    this.copy.toggleClass('labpath-hidden', run === null || this.isStatic);
    this.more.toggleClass('labpath-hidden', !hasButtons || this.isStatic);
    this.where.draw(run, this.desk.runner.isSessionAlive(note, cell));
    this.drawStatus(run);
    this.tick(active);
  }

  focusRun(): void {
    this.run.focus();
  }

  destroy(): void {
    this.tick(false);
  }

  private get snapshot(): RunSnapshot | null {
    const { note, cell } = this.place();
    return this.desk.store.get(note, cell.id);
  }

  private get isStatic(): boolean {
    return this.run.closest('.is-static') !== null;
  }

  private words(run: RunSnapshot): StatusWords {
    const { note, cell } = this.place();
    const before = run.status === 'queued' ? this.desk.runner.waitingBefore(note, cell.id) : 0;
    return statusWords(run, Date.now(), before);
  }

  private drawStatus(run: RunSnapshot | null): void {
    this.status.empty();
    this.status.className = 'labpath-status';
    if (!run) return;
    const words = this.words(run);
    this.status.addClass(`is-${words.tone}`);
    icon(this.status, words.icon);
    this.status.createSpan({ text: words.text });
    // Seconds that pass are not read out one by one.
    this.elapsed = this.status.createSpan({ text: elapsedWords(words), attr: { 'aria-hidden': 'true' } });
    if (!isActive(run) && isStale(run, this.place().cell)) {
      this.status.createSpan({ cls: 'labpath-chip', text: 'Code changed since' });
    }
  }

  /** Elapsed time moves on even when nothing is printed. */
  private tick(active: boolean): void {
    const { win } = this.status;
    if (active && this.clock?.win === win) return;
    // The card may have moved to a window of its own; a timer ends only in the window that made it.
    this.clock?.win.clearInterval(this.clock.id);
    this.clock = active ? { win, id: win.setInterval(() => this.drawElapsed(), 1000) } : null;
  }

  private drawElapsed(): void {
    const run = this.snapshot;
    if (run) this.elapsed?.setText(elapsedWords(this.words(run)));
  }
}

function elapsedWords({ elapsed }: StatusWords): string {
  return elapsed === '' ? '' : `· ${elapsed}`;
}
