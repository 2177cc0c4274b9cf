import { WidgetType, type EditorView } from '@codemirror/view';
import type { Cell } from '../../cells/cell';
import type { CellDesk } from '../cell/cellDesk';
import { CellView } from '../cell/cellView';
import { outputLook } from '../cell/outputLook';
import { FOLD_ABOVE, rowCount } from '../cell/outputRows';

/** In CSS pixels: what a cell measures without output, and one row of output, with Obsidian's default fonts. */
const BAR_HEIGHT = 54;
const ROW_HEIGHT = 20;
const OUTPUT_PADDING = 17;
const OUTPUT_MAX_HEIGHT = 520;
/** The button below outputs that fold. */
const FOLD_HEIGHT = 27;
const PLOT_HEIGHT = 330;

/** CodeMirror destroys and remakes the DOM of widgets as they scroll; the view behind it goes with the DOM. */
const views = new WeakMap<HTMLElement, CellView>();

/** A cell's widget in the editor. It holds nothing but the way to the cell. */
export class CellWidget extends WidgetType {
  constructor(
    private readonly desk: CellDesk,
    private readonly note: string,
    private readonly cell: Cell,
  ) {
    super();
  }

  /** Cells keep their object while their content does not change (see `cellField`). */
  override eq(other: CellWidget): boolean {
    return other.cell === this.cell && other.note === this.note;
  }

  override toDOM(view: EditorView): HTMLElement {
    // CodeMirror measures the widget's own element, so a fresh one is made for each.
    const element = createDiv({ cls: 'labpath-cell-widget' });
    // It begins to live before CodeMirror puts it into the page, which may be that of another window.
    view.dom.doc.adoptNode(element);
    const cellView = new CellView(element, this.desk, this.note, this.cell, {
      onResize: () => view.requestMeasure(),
    });
    views.set(element, cellView);
    return element;
  }

  /** An edited cell keeps its DOM, so that nothing flickers and focus stays where it is. */
  override updateDOM(element: HTMLElement): boolean {
    const cellView = views.get(element);
    cellView?.show(this.note, this.cell);
    return cellView !== undefined;
  }

  override destroy(element: HTMLElement): void {
    views.get(element)?.destroy();
    views.delete(element);
  }

  /** Near enough that scrolling over cells not yet drawn does not jump. */
  override get estimatedHeight(): number {
    const run = this.desk.store.get(this.note, this.cell.id);
    if (!run || run.output.lineCount === 0) return BAR_HEIGHT;
    const ui = this.desk.ui.get(this.note, this.cell.id);
    if (outputLook(this.cell, run, ui) === 'plot') return BAR_HEIGHT + PLOT_HEIGHT;
    const rows = rowCount(run.output, ui.unfolded);
    const fold = run.output.lineCount > FOLD_ABOVE ? FOLD_HEIGHT : 0;
    return BAR_HEIGHT + Math.min(rows * ROW_HEIGHT + OUTPUT_PADDING, OUTPUT_MAX_HEIGHT) + fold;
  }
}
