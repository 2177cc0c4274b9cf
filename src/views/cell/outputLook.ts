/** How an output is looked at: as its cell asks, until the user says otherwise. */
import type { Cell } from '../../cells/cell';
import { listOf, textOf } from '../../cells/options';
import { plotOf, type Plot } from '../../output/plot';
import type { Problem } from '../../base/problem';
import { isActive, type RunSnapshot } from '../../runs/snapshot';
import type { CellUi, OutputLook } from './cellUiState';

/** A longer output is drawn as a plot once it has ended: reading all of it again for each new line would take too long. */
const MOST_LIVE_LINES = 2000;

export function outputLook(cell: Cell, run: RunSnapshot, { look, searching }: CellUi): OutputLook {
  // Matches are marked in the text.
  if (searching) return 'text';
  // A run that failed says why in its text.
  if (!isActive(run)) return look ?? (isPlotWanted(cell) && run.status !== 'failed' ? 'plot' : 'text');
  const isDrawn = isPlotWanted(cell) && (look ?? 'plot') === 'plot';
  return isDrawn && run.output.lineCount <= MOST_LIVE_LINES ? 'plot' : 'text';
}

export function isPlotWanted(cell: Cell): boolean {
  return textOf(cell.attributes, 'output') === 'plot';
}

/** The plot of a cell's output, or why there is none. */
export function plotOfCell({ attributes }: Cell, run: RunSnapshot): Plot | Problem {
  const { output } = run;
  const made = plotOf(output.plain(), { x: textOf(attributes, 'x'), y: listOf(attributes, 'y') });
  if ('what' in made || output.omittedLines === 0) return made;
  const lost = `${output.omittedLines.toLocaleString('en')} lines in the middle were not kept`;
  return { ...made, leftOut: [made.leftOut, lost].filter((part) => part !== '').join(', ') };
}
