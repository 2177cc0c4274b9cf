import type { Cell } from '../../cells/cell';
import { netnsOf } from '../../cells/options';
import { asProblem } from '../../base/problem';
import { runCaptured } from '../../runs/capture';
import type { RunEvent, SessionProvider } from '../../runs/contract';
import type { RunSnapshot } from '../../runs/snapshot';
import type { RunEntry, RunStore } from '../../runs/store';
import type { CellUiState } from './cellUiState';

interface Place {
  readonly note: string;
  readonly host: string;
  readonly cell: Cell;
}

/** Runs a cell between the beginning and the end of its capture, and shows both outputs by time. */
export async function captureAround(
  parts: { readonly sessions: SessionProvider; readonly store: RunStore; readonly ui: CellUiState },
  ears: Map<RunEntry, (event: RunEvent) => void>,
  { note, host, cell }: Place,
  command: string,
  run: () => Promise<RunSnapshot>,
): Promise<RunSnapshot> {
  const place = parts.store.entry(note, cell.id);
  let ended: RunSnapshot | null = null;
  const runCell = async (heard: (event: RunEvent) => void): Promise<void> => {
    ears.set(place, heard);
    try {
      ended = await run();
    } finally {
      ears.delete(place);
    }
  };
  try {
    const netns = netnsOf(cell.attributes);
    const session = await parts.sessions.open({ host, note, name: `#capture ${cell.id}`, netns });
    const captured = await runCaptured({
      session,
      command,
      runCell,
      now: () => performance.now(),
      wait: (ms) => new Promise((resolve) => window.setTimeout(resolve, ms)),
    });
    parts.ui.set(place.note, place.cell, { timeline: captured });
  } catch (error) {
    parts.ui.set(place.note, place.cell, {
      timeline: { rows: [], problem: asProblem(error, 'The capture could not be started.') },
    });
  }
  return ended ?? run();
}
