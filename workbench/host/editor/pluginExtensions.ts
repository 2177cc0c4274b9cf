/** What plugins add to every editor, and how a change of it reaches the editors that are open. */
import { Compartment, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { editorExtensions } from '../registries';

const compartment = new Compartment();
const openEditors = new Set<EditorView>();

/** The place of the plugins' extensions in a new editor. */
export function pluginExtensions(): Extension {
  return compartment.of([...editorExtensions]);
}

/** Keeps `view` current until the returned function is called. */
export function followExtensions(view: EditorView): () => void {
  openEditors.add(view);
  return () => openEditors.delete(view);
}

export function refreshEditors(): void {
  for (const view of openEditors) view.dispatch({ effects: compartment.reconfigure([...editorExtensions]) });
}
