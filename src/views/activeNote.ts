import { MarkdownView, type App } from 'obsidian';
import type { Cell } from '../cells/cell';
import type { NoteCells } from './noteCells';

/** The note the user is in, with its cells and where the cursor stands. */
export interface ActiveNote {
  readonly path: string;
  readonly view: MarkdownView;
  /** 1-based. In Reading view there is no cursor, so it is the first line. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

export function activeNote(app: App, notes: NoteCells): ActiveNote | null {
  const view = app.workspace.getActiveViewOfType(MarkdownView);
  const path = view?.file?.path;
  if (!view || path === undefined) return null;
  const line = view.getMode() === 'source' ? view.editor.getCursor().line + 1 : 1;
  return { path, view, line, cells: notes.see(path, view.getViewData()) };
}

/** The cell the cursor is in or just below, up to the next cell. */
export function cellAtCursor({ cells, line }: ActiveNote): Cell | null {
  return cells.find((cell) => line >= cell.line && line <= cell.endLine + 1) ?? null;
}

/** The next cell below the cursor; past the last one, the first. */
export function nextCell({ cells, line }: ActiveNote): Cell | null {
  return cells.find((cell) => cell.line > line) ?? cells[0] ?? null;
}
