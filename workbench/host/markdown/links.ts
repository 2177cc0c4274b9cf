/** Following links and ticking tasks in a note. */
import type * as O from 'obsidian';
import { Keymap } from '../ui/keymap';

/** Opens a wikilink's note, or a web address in a new window. */
export function followLink(app: O.App, target: string, sourcePath: string, event: MouseEvent): void {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    window.open(target, '_blank', 'noopener');
    return;
  }
  void app.workspace.openLinkText(target, sourcePath, Keymap.isModEvent(event));
}

interface NoteInView {
  readonly app: O.App;
  readonly file: O.TFile | null;
}

/** Makes links and task boxes of a Reading view work. */
export function followPreviewClicks(view: NoteInView, element: HTMLElement): void {
  const onClick = (event: MouseEvent) => {
    const start = event.target instanceof Element ? event.target : null;
    const target = start?.closest<HTMLElement>('a.internal-link')?.dataset['href'];
    if (target !== undefined) {
      event.preventDefault();
      followLink(view.app, target, view.file?.path ?? '', event);
    } else if (
      start instanceof HTMLInputElement &&
      start.hasClass('task-list-item-checkbox') &&
      view.file !== null
    ) {
      const boxes = element.findAll('input.task-list-item-checkbox');
      void toggleTask(view.app, view.file, boxes.indexOf(start));
    }
  };
  element.addEventListener('click', onClick);
  element.addEventListener('auxclick', onClick);
}

/** Ticks or unticks the nth task of a note, counted over the whole note. */
async function toggleTask(app: O.App, file: O.TFile, index: number): Promise<void> {
  const tasks =
    app.metadataCache.getFileCache(file)?.listItems?.filter((item) => item.task !== undefined) ?? [];
  const line = tasks[index]?.position.start.line;
  if (line === undefined) return;
  await app.vault.process(file, (text) => {
    const lines = text.split('\n');
    lines[line] = (lines[line] ?? '').replace(
      /^([\s>]*(?:[-*+]|\d+[.)])\s+)\[(.)\]/,
      (_, marker: string, mark: string) => `${marker}[${mark === ' ' ? 'x' : ' '}]`,
    );
    return lines.join('\n');
  });
}
