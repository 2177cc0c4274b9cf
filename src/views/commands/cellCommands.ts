import type { App, Command } from 'obsidian';
import type { Cell } from '../../cells/cell';
import type { RunPlan } from '../../labs/plan';
import { activeNote, cellAtCursor, nextCell, type ActiveNote } from '../activeNote';
import type { CellDesk } from '../cell/cellDesk';
import { confirmRunAll } from '../cell/runAllModal';
import type { NoteCells } from '../noteCells';

/** Everything that can be done with cells, without a mouse. */
export function cellCommands(app: App, desk: CellDesk, notes: NoteCells): Command[] {
  const inNote = (id: string, name: string, icon: string, act: (note: ActiveNote) => void): Command => ({
    id,
    name,
    icon,
    checkCallback: (checking) => {
      const note = activeNote(app, notes);
      if (!note || note.cells.length === 0) return false;
      if (!checking) act(note);
      return true;
    },
  });
  const atCell = (
    id: string,
    name: string,
    icon: string,
    act: (note: ActiveNote, cell: Cell) => void,
  ): Command => ({
    id,
    name,
    icon,
    checkCallback: (checking) => {
      const note = activeNote(app, notes);
      const cell = note && cellAtCursor(note);
      if (!note || !cell?.runnable || desk.unavailable) return false;
      if (!checking) act(note, cell);
      return true;
    },
  });
  const runPlan = async (note: string, plan: RunPlan, first = (): void => undefined): Promise<void> => {
    if (desk.unavailable) desk.report(desk.unavailable);
    else if (await confirmRunAll(app, plan, desk.hostsOf(note, plan))) {
      first();
      await desk.runAll(note, plan);
    }
  };
  return [
    atCell('run-cell', 'Run cell', 'play', ({ path }, cell) => desk.run(path, cell)),
    atCell('run-and-advance', 'Run cell and go to the next', 'skip-forward', (note, cell) => {
      desk.run(note.path, cell);
      goToCell(note, note.cells.find(({ line }) => line > cell.line) ?? null);
    }),
    atCell('run-and-show-changes', 'Run cell and show what it changes', 'git-compare', ({ path }, cell) =>
      desk.run(path, cell, { showChanges: true }),
    ),
    inNote('run-all', 'Run all cells', 'fast-forward', ({ path, cells }) => {
      void runPlan(path, desk.planAll(path, cells));
    }),
    inNote('run-above', 'Run cells above', 'arrow-up-to-line', ({ path, cells, line }) => {
      void runPlan(path, desk.planAbove(path, cells, line));
    }),
    inNote('run-to-here', 'Run cells to here', 'arrow-down-to-line', (note) => {
      const here = cellAtCursor(note)?.endLine ?? note.line;
      void runPlan(note.path, desk.planAbove(note.path, note.cells, here + 1));
    }),
    inNote('rerun-failed', 'Run failed cells again', 'refresh-cw', ({ path, cells }) => {
      const failed = cells.filter(({ id }) => hasFailed(desk, path, id));
      void runPlan(path, desk.planAll(path, failed));
    }),
    inNote('interrupt', 'Interrupt running cells', 'square', ({ path }) => desk.interrupt(path)),
    inNote('clear-outputs', 'Clear outputs', 'eraser', ({ path }) => desk.clearAll(path)),
    inNote('restart-session', 'Restart session', 'rotate-ccw', ({ path }) => desk.restart(path)),
    inNote('restart-and-run-all', 'Restart session and run all cells', 'list-restart', ({ path, cells }) => {
      void runPlan(path, desk.planAll(path, cells), () => desk.restart(path));
    }),
    inNote('next-cell', 'Go to next cell', 'arrow-down', (note) => goToCell(note, nextCell(note))),
    inNote('previous-cell', 'Go to previous cell', 'arrow-up', (note) =>
      goToCell(note, note.cells.filter(({ endLine }) => endLine < note.line).at(-1) ?? null),
    ),
    inNote('toggle-output', 'Fold or unfold the output', 'list', (note) => {
      const cell = cellAtCursor(note);
      if (!cell) return;
      const { unfolded } = desk.ui.get(note.path, cell.id);
      desk.ui.set(note.path, cell.id, { unfolded: !unfolded });
    }),
    inNote('search-output', 'Search the output', 'search', (note) => {
      const cell = cellAtCursor(note);
      if (cell) desk.ui.set(note.path, cell.id, { searching: true, unfolded: true });
    }),
  ];
}

function hasFailed(desk: CellDesk, note: string, cell: string): boolean {
  const status = desk.store.get(note, cell)?.status;
  return status === 'failed' || status === 'lost' || status === 'interrupted';
}

/** The cursor goes into the cell's first line of code, in Reading view the focus to its card: "Run cell" means it then. */
function goToCell({ view }: ActiveNote, cell: Cell | null): void {
  if (!cell) return;
  if (view.getMode() !== 'source') {
    const card = `.labpath-cell[data-cell="${CSS.escape(cell.id)}"]`;
    view.containerEl.querySelector<HTMLElement>(`${card} button:not(.labpath-hidden)`)?.focus();
    return;
  }
  const position = { line: cell.line, ch: 0 };
  view.editor.setCursor(position);
  view.editor.scrollIntoView({ from: position, to: position }, true);
  view.editor.focus();
}
