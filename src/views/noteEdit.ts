import { MarkdownView, type App } from 'obsidian';
import { applyEdit, editBetween, type TextEdit } from '../base/textEdit';

/**
 * Changes a note in one step that leaves every other byte alone: in its editor when it is open, so that undo takes it
 * back and unsaved typing stays; else in its file. False when `edit` found nothing to change, or the note is gone.
 */
export async function editNote(
  app: App,
  path: string,
  edit: (text: string) => TextEdit | null,
): Promise<boolean> {
  const editor = app.workspace
    .getLeavesOfType('markdown')
    .map(({ view }) => view)
    .find((view) => view instanceof MarkdownView && view.file?.path === path && view.getMode() === 'source');
  if (editor instanceof MarkdownView) {
    const change = edit(editor.editor.getValue());
    if (change === null) return false;
    const at = (offset: number) => editor.editor.offsetToPos(offset);
    editor.editor.replaceRange(change.insert, at(change.from), at(change.to));
    return true;
  }
  const file = app.vault.getFileByPath(path);
  if (!file) return false;
  let changed = false;
  await app.vault.process(file, (text) => {
    const change = edit(text);
    changed = change !== null;
    return change === null ? text : applyEdit(text, change);
  });
  return changed;
}

/** As `editNote`, told by the whole text: only what lies between the first and the last difference is replaced. */
export function rewriteNote(app: App, path: string, rewrite: (text: string) => string): Promise<boolean> {
  return editNote(app, path, (before) => editBetween(before, rewrite(before)));
}
