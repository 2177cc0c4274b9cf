import { MarkdownView, type App } from 'obsidian';
import type { Cell } from '../cells/cell';
import type { NoteCells } from './noteCells';

/** The note the user is in, with its cells and where the cursor stands. */
export interface ActiveNote {
  readonly path: string;
  readonly view: MarkdownView;
  /** 1-based: of the cell whose card has the focus, else of the cursor. Reading view has none: the first line. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

export function activeNote(app: App, notes: NoteCells): ActiveNote | null {
  const view = app.workspace.getActiveViewOfType(MarkdownView);
  const path = view?.file?.path;
  if (!view || path === undefined) return null;
  const cells = notes.see(path, view.getViewData());
  const cursor = view.getMode() === 'source' ? view.editor.getCursor().line + 1 : 1;
  return { path, view, line: focusedCell(view, cells)?.line ?? cursor, cells };
}

/** The cell whose card has the focus, so that commands mean it in Reading view too. */
function focusedCell({ containerEl }: MarkdownView, cells: readonly Cell[]): Cell | undefined {
  const focused = containerEl.doc.activeElement?.closest('.labpath-cell');
  const id = focused && containerEl.contains(focused) ? focused.getAttribute('data-cell') : null;
  return cells.find((cell) => cell.id === id);
}

/** The cell the cursor is in or just below, up to the next cell. */
export function cellAtCursor({ cells, line }: ActiveNote): Cell | null {
  return cells.find((cell) => line >= cell.line && line <= cell.endLine + 1) ?? null;
}

/** The next cell below the cursor; past the last one, the first. */
export function nextCell({ cells, line }: ActiveNote): Cell | null {
  return cells.find((cell) => cell.line > line) ?? cells[0] ?? null;
}
