import type { Cell } from '../cells/cell';

/** How a cell is run: in which shell, and what that shell is given. */
export interface Launch {
  /** The name part of the session's address. */
  readonly session: string;
  /** Network namespace of the shell (`in=netns:red`), or null. */
  readonly netns: string | null;
  /** `host=` or `node=`, or null for the default host. */
  readonly host: string | null;
  /** What the session is sent. */
  readonly source: string;
  /** `timeout=` in milliseconds, or null. */
  readonly timeoutMs: number | null;
}

/** `source` is the cell's code with placeholders filled. `note` is the note's identity (path). */
export function launch(cell: Cell, note: string, source: string = cell.source): Launch {
  return { session: 'main', netns: null, host: note === '' ? null : null, source, timeoutMs: null };
}
