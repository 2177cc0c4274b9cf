import { readTable, type Plot } from '../../output/plot';
import { parseJson } from '../../output/table';
import type { Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import { iconButton, setButtonLabel, showProblem } from '../ui/dom';
import { nameElement } from '../ui/name';
import type { CellUi } from './cellUiState';
import { drawImage, drawJson, drawTable } from './looks';
import { OutputArea } from './outputArea';
import { OutputImages, type OutputImage } from './outputImages';
import { isPlotWanted, outputLook, plotOfCell } from './outputLook';
import type { OutputLook } from './cellUiState';
import { FOLD_ABOVE, rowsOf } from './outputRows';
import { drawPlot } from './plotChart';
import { SearchBar } from './searchBar';

export interface OutputPanelParts {
  readonly setUi: (change: Partial<CellUi>) => void;
  readonly imageOf: (run: RunSnapshot) => OutputImage;
  readonly repaint: () => void;
}

/** The output of a run with its fold, its search and the ways to look at it: nothing while there is no output. */
export class OutputPanel {
  private readonly holder: HTMLElement;
  private readonly element: HTMLElement;
  private readonly area: OutputArea;
  private readonly look: HTMLElement;
  private readonly foldBar: HTMLElement;
  private readonly foldButton: HTMLButtonElement;
  private search: SearchBar | null = null;
  private readonly lookButton: HTMLButtonElement;
  private drawn: Drawn | null = null;

  constructor(
    parent: HTMLElement,
    private readonly parts: OutputPanelParts,
  ) {
    this.holder = parent.createDiv({ cls: ['labpath-output-panel', 'labpath-hidden'] });
    this.element = this.holder.createDiv({ cls: 'labpath-output', attr: { tabindex: 0, role: 'region' } });
    nameElement(this.element, 'Output', this.holder);
    this.area = new OutputArea(this.element);
    this.look = this.holder.createDiv({ cls: ['labpath-look', 'labpath-hidden'] });
    this.foldBar = this.holder.createDiv({ cls: ['labpath-fold', 'labpath-hidden'] });
    this.foldButton = iconButton(this.foldBar, {
      icon: 'list',
      label: 'Show all',
      text: true,
      onClick: () => parts.setUi({ unfolded: this.drawn?.ui.unfolded !== true }),
    });
    this.lookButton = iconButton(this.foldBar, {
      icon: 'activity',
      label: 'Show as text',
      text: true,
      onClick: () => parts.setUi({ look: this.drawn?.look === 'plot' ? 'text' : 'plot', searching: false }),
    });
  }

  /** @param hidden a terminal stands in the output's place */
  draw(cell: Cell, run: RunSnapshot | null, ui: CellUi, hidden: boolean): void {
    const count = run?.output.lineCount ?? 0;
    this.holder.toggleClass('labpath-hidden', hidden || count === 0);
    if (!run || hidden) {
      this.drawn = null;
      if (!run) this.area.draw([]);
      return;
    }
    const image = OutputImages.isWanted(cell) && run.status === 'done' ? this.parts.imageOf(run) : null;
    const drawing: Drawing = { cell, run, version: run.output.version, ui, image };
    if (this.drawn && isSame(this.drawn, drawing)) return;
    const wanted = outputLook(cell, run, ui);
    const plot = wanted === 'plot' ? plotOfCell(cell, run) : null;
    const look = plot !== null && isProblem(plot) ? 'text' : wanted;
    const isText = look === 'text';
    this.drawn = { ...drawing, look };
    this.element.toggleClass('labpath-hidden', !isText);
    this.element.toggleClass('is-unfolded', ui.unfolded);
    this.element.toggleClass('is-wrapped', ui.wrapped);
    if (isText) this.area.draw(rowsOf(run.output, ui.unfolded, isActive(run)));
    this.drawSearch(run, ui, isText);
    this.drawLook(run, look, plot, image);
    this.drawFoldBar(plot === null ? isPlotWanted(cell) : look === 'plot', count, ui, look);
  }

  /** What is drawn next is drawn anew. */
  forget(): void {
    this.drawn = null;
  }

  destroy(): void {
    this.search?.destroy();
  }

  private drawFoldBar(canPlot: boolean, count: number, { unfolded }: CellUi, look: OutputLook): void {
    const canFold = look === 'text' && count > FOLD_ABOVE;
    this.foldBar.toggleClass('labpath-hidden', !canFold && !canPlot);
    this.foldButton.toggleClass('labpath-hidden', !canFold);
    this.lookButton.toggleClass('labpath-hidden', !canPlot);
    setButtonLabel(this.lookButton, look === 'plot' ? 'Show as text' : 'Show as plot');
    this.foldButton.setAttribute('aria-expanded', String(unfolded));
    setButtonLabel(
      this.foldButton,
      unfolded ? 'Fold output' : `Show all ${count.toLocaleString('en')} lines`,
    );
  }

  private drawSearch(run: RunSnapshot, ui: CellUi, isText: boolean): void {
    const wanted = ui.searching && isText;
    if (!wanted) {
      this.search?.destroy();
      this.search = null;
      return;
    }
    if (!this.search) {
      this.search = new SearchBar(this.holder, this.element, () => this.parts.setUi({ searching: false }));
      this.holder.prepend(this.holder.lastElementChild ?? '');
      this.search.focus();
    }
    this.search.draw(run.output, true);
  }

  private drawLook(
    run: RunSnapshot,
    look: OutputLook,
    plot: Plot | Problem | null,
    image: OutputImage | null,
  ): void {
    this.look.empty();
    if (image) drawImage(this.look, image, this.parts.repaint);
    if (plot !== null && !isProblem(plot)) {
      drawPlot(this.look, plot);
      // A question that the program waits with must be seen.
      const open = isActive(run) ? run.output.openLine : '';
      if (open !== '') this.look.createDiv({ cls: 'labpath-plot-open', text: open });
    }
    // While it runs, the numbers may still come.
    else if (plot !== null && !isActive(run)) showProblem(this.look, plot);
    else if (look === 'table' || look === 'json') drawData(this.look, run.output.plain(), look);
    this.look.toggleClass('labpath-hidden', !this.look.hasChildNodes());
  }
}

/** What decides how an output looks. */
interface Drawing {
  readonly cell: Cell;
  readonly run: RunSnapshot;
  readonly version: number;
  readonly ui: CellUi;
  readonly image: OutputImage | null;
}

interface Drawn extends Drawing {
  readonly look: OutputLook;
}

function isSame(a: Drawing, b: Drawing): boolean {
  return (
    a.cell === b.cell && a.run === b.run && a.version === b.version && a.ui === b.ui && a.image === b.image
  );
}

function isProblem(plot: Plot | Problem): plot is Problem {
  return 'what' in plot;
}

function drawData(parent: HTMLElement, text: string, look: 'table' | 'json'): void {
  const table = look === 'table' ? readTable(text) : null;
  if (table) drawTable(parent, table);
  else drawJson(parent, parseJson(text));
}
