import { StateEffect, type Extension } from '@codemirror/state';
import { ViewPlugin } from '@codemirror/view';
import type { PathIndex } from '../path/pathIndex';

/** The learning path is another one: what an editor shows of it is drawn anew. */
export const pathChanged = StateEffect.define<null>();

/** Tells every editor when the path changes. */
export function followPath(index: PathIndex): Extension {
  return ViewPlugin.define((view) => ({
    destroy: index.changed.on(() => view.dispatch({ effects: pathChanged.of(null) })),
  }));
}
