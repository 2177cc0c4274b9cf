import { Menu } from 'obsidian';
import type { Cell } from '../../cells/cell';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import { readTable } from '../../output/plot';
import { jsonTable, parseJson } from '../../output/table';
import type { CellDesk } from './cellDesk';
import type { CellUi } from './cellUiState';
import { copyText, expectOutput, pinToNote, saveOutput, withCommand } from './outputActions';
import { isPlotWanted, outputLook } from './outputLook';
import { openOutputTab } from './outputTab';

/** Larger outputs are no tables anyone reads, and parsing them would hold the app up. */
const LARGEST_JSON = 1_000_000;

export interface MenuPlace {
  readonly desk: CellDesk;
  readonly note: string;
  readonly cell: Cell;
  readonly run: RunSnapshot | null;
  readonly canRun: boolean;
}

/** Everything that can be done with a cell and its output beyond running it. */
export function showCellMenu(event: MouseEvent, place: MenuPlace): void {
  const menu = new Menu();
  const { desk, note, cell, run, canRun } = place;
  const add = (section: string, icon: string, title: string, act: () => void, checked = false): void => {
    menu.addItem((item) =>
      item.setSection(section).setTitle(title).setIcon(icon).setChecked(checked).onClick(act),
    );
  };
  if (canRun && !isActive(run)) {
    add('run', 'git-compare', 'Run and show what it changes', () =>
      desk.run(note, cell, { showChanges: true }),
    );
    if (desk.params.fieldsOf(note, cell).length > 0) {
      add('run', 'text-cursor-input', 'Change values', () => desk.ui.set(note, cell.id, { asking: true }));
    }
  }
  if (run?.status === 'running') {
    const { terminal } = desk.ui.get(note, cell.id);
    const isOpen = terminal ?? run.output.isFullScreen;
    add('run', 'terminal', isOpen ? 'Leave the terminal' : 'Open a terminal', () =>
      desk.ui.set(note, cell.id, { terminal: !isOpen }),
    );
  }
  if (run) outputItems(place, run, add);
  menu.showAtMouseEvent(event);
}

function outputItems(
  { desk, note, cell, canRun }: MenuPlace,
  run: RunSnapshot,
  add: (section: string, icon: string, title: string, act: () => void, checked?: boolean) => void,
): void {
  const ui = desk.ui.get(note, cell.id);
  const set = (change: Partial<CellUi>) => () => desk.ui.set(note, cell.id, change);
  const plain = () => run.output.plain();
  add('look', 'search', 'Search the output', set({ searching: true, unfolded: true }));
  add('look', 'wrap-text', 'Wrap long lines', set({ wrapped: !ui.wrapped }), ui.wrapped);
  const look = outputLook(cell, run, ui);
  const text = isActive(run) ? '' : plain().slice(0, LARGEST_JSON);
  const json = parseJson(text);
  const isTable = jsonTable(json) !== null || (isPlotWanted(cell) && readTable(text) !== null);
  if (look !== 'text') add('look', 'text', 'Show as text', set({ look: 'text' }));
  if (look !== 'plot' && isPlotWanted(cell)) {
    add('look', 'activity', 'Show as plot', set({ look: 'plot' }));
  }
  if (look !== 'json' && json !== null) add('look', 'braces', 'Show as JSON', set({ look: 'json' }));
  if (look !== 'table' && isTable) add('look', 'table', 'Show as table', set({ look: 'table' }));
  add('take', 'copy', 'Copy command and output', () => {
    void copyText(
      withCommand(desk.params.fillMasked(note, cell.source), plain()),
      'Command and output copied.',
    );
  });
  add('take', 'download', 'Save output', () => saveOutput(activeDocument, cell, run));
  add('take', 'panel-top-open', 'Open output in a tab', () => void openOutputTab(desk.app, note, cell));
  if (isActive(run) || !canRun) return;
  add('note', 'pin', 'Pin output into the note', () => void pinToNote(desk, note, cell, run));
  if (!cell.id.startsWith('cell-') && desk.expectationsOf(note, cell).length === 0) {
    add('note', 'list-checks', 'Keep as expected output', () => void expectOutput(desk, note, cell, plain()));
  }
}
