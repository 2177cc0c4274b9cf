import { jsonTable, parseJson } from '../../output/table';
import type { Cell } from '../../cells/cell';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import { iconButton, setButtonLabel } from '../ui/dom';
import { nameElement } from '../ui/name';
import type { CellUi } from './cellUiState';
import { drawImage, drawJson, drawTable } from './looks';
import { OutputArea } from './outputArea';
import { OutputImages, type OutputImage } from './outputImages';
import { FOLD_ABOVE, rowsOf } from './outputRows';
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
  private drawn: { readonly run: RunSnapshot; readonly version: number; readonly ui: CellUi } | null = null;
  private image: OutputImage | null = null;

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
    const { drawn } = this;
    const isSame = drawn?.run === run && drawn.version === run.output.version && drawn.ui === ui;
    if (isSame && image === this.image) return;
    this.drawn = { run, version: run.output.version, ui };
    this.image = image;
    const isText = ui.look === 'text' || isActive(run);
    this.element.toggleClass('labpath-hidden', !isText);
    this.element.toggleClass('is-unfolded', ui.unfolded);
    this.element.toggleClass('is-wrapped', ui.wrapped);
    if (isText) this.area.draw(rowsOf(run.output, ui.unfolded, isActive(run)));
    this.drawFold(count, ui, isText);
    this.drawSearch(run, ui, isText);
    this.drawLook(run, ui, isText, image);
  }

  destroy(): void {
    this.search?.destroy();
  }

  private drawFold(count: number, { unfolded }: CellUi, isText: boolean): void {
    this.foldBar.toggleClass('labpath-hidden', !isText || count <= FOLD_ABOVE);
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

  private drawLook(run: RunSnapshot, ui: CellUi, isText: boolean, image: OutputImage | null): void {
    this.look.empty();
    this.look.toggleClass('labpath-hidden', isText && image === null);
    if (image) drawImage(this.look, image, this.parts.repaint);
    if (isText) return;
    const json = parseJson(run.output.plain());
    const table = ui.look === 'table' ? jsonTable(json) : null;
    if (table) drawTable(this.look, table);
    else drawJson(this.look, json);
  }
}
