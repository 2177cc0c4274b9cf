import type { EditorState } from '@codemirror/state';
import { editorInfoField } from 'obsidian';

/** Vault path of the note an editor shows, or null when it shows none. */
export function noteOf(state: EditorState): string | null {
  return state.field(editorInfoField, false)?.file?.path ?? null;
}
