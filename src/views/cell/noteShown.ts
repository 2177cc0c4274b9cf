import { MarkdownView, type App } from 'obsidian';

/** Whether the user can see this note now: in any pane of a window that is not hidden. */
export function isNoteShown(app: App, note: string): boolean {
  return app.workspace.getLeavesOfType('markdown').some(({ view }) => {
    if (!(view instanceof MarkdownView) || view.file?.path !== note) return false;
    const { containerEl } = view;
    return containerEl.offsetParent !== null && !containerEl.doc.hidden;
  });
}
