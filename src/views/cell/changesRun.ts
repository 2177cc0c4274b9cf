import { asProblem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import type { Aside } from '../../runs/aside';
import { changesBetween, readState, STATE_SCRIPT } from '../../runs/machineState';
import type { RunSnapshot } from '../../runs/snapshot';
import type { CellUiState, ShownChanges } from './cellUiState';

/** Looks at the machine before and after a run, through a shell beside the cell's own. */
export async function changesAround(
  aside: Aside,
  ui: CellUiState,
  { note, host, cell }: { readonly note: string; readonly host: string; readonly cell: Cell },
  run: () => Promise<RunSnapshot>,
): Promise<RunSnapshot> {
  const look = async () => readState((await aside.ask({ note, host, netns: null }, STATE_SCRIPT)).text);
  const show = (shown: ShownChanges) => ui.set(note, cell.id, { changes: shown });
  const failed = (error: unknown): null => {
    show({ changes: null, problem: asProblem(error, 'The machine could not be looked at.') });
    return null;
  };
  const before = await look().catch(failed);
  if (before !== null) show({ changes: null, problem: null });
  const ended = await run();
  if (before === null) return ended;
  const after = await look().catch(failed);
  if (after !== null) show({ changes: changesBetween(before, after), problem: null });
  return ended;
}
