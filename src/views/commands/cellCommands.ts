import type { App, Command } from 'obsidian';
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
  const runPlan = async (note: string, plan: RunPlan): Promise<void> => {
    if (await confirmRunAll(app, plan, desk.hostsOf(note, plan))) await desk.runAll(note, plan);
  };
  return [
    {
      id: 'run-cell',
      name: 'Run cell',
      icon: 'play',
      checkCallback: (checking) => {
        const note = activeNote(app, notes);
        const cell = note && cellAtCursor(note);
        if (!note || !cell?.runnable) return false;
        if (!checking) desk.run(note.path, cell);
        return true;
      },
    },
    inNote('run-all', 'Run all cells', 'fast-forward', ({ path, cells }) => {
      void runPlan(path, desk.planAll(path, cells));
    }),
    inNote('run-above', 'Run cells above', 'arrow-up-to-line', ({ path, cells, line }) => {
      void runPlan(path, desk.planAbove(path, cells, line));
    }),
    inNote('interrupt', 'Interrupt running cells', 'square', ({ path }) => desk.interrupt(path)),
    inNote('clear-outputs', 'Clear outputs', 'eraser', ({ path }) => desk.clearAll(path)),
    inNote('restart-session', 'Restart session', 'rotate-ccw', ({ path }) => desk.restart(path)),
    inNote('next-cell', 'Go to next cell', 'arrow-down', (note) => {
      const cell = nextCell(note);
      if (cell) goToLine(note, cell.line);
    }),
  ];
}

/** The cursor goes into the cell's first line of code, so that "Run cell" means this cell. */
function goToLine({ view }: ActiveNote, line: number): void {
  if (view.getMode() !== 'source') return;
  const position = { line, ch: 0 };
  view.editor.setCursor(position);
  view.editor.scrollIntoView({ from: position, to: position }, true);
  view.editor.focus();
}
