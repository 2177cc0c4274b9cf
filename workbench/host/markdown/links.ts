/** Following links and ticking tasks in a note. */
import type * as O from 'obsidian';
import { elementOf, isInstance } from '../dom/windows';
import { Keymap } from '../ui/keymap';

/** Opens a wikilink's note, or a web address in a new window. */
export function followLink(app: O.App, target: string, sourcePath: string, event: MouseEvent): void {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    window.open(target, '_blank', 'noopener');
    return;
  }
  void app.workspace.openLinkText(target, sourcePath, Keymap.isModEvent(event));
}

interface NoteInView extends O.HoverParent {
  readonly app: O.App;
  readonly file: O.TFile | null;
}

/** Makes links and task boxes of a Reading view work. */
export function followPreviewClicks(view: NoteInView, element: HTMLElement): void {
  const onClick = (event: MouseEvent) => {
    const start = elementOf(event);
    const target = start?.closest<HTMLElement>('a.internal-link')?.dataset['href'];
    if (target !== undefined) {
      event.preventDefault();
      followLink(view.app, target, view.file?.path ?? '', event);
    } else if (
      start !== null &&
      isInstance(start, HTMLInputElement) &&
      start.hasClass('task-list-item-checkbox') &&
      view.file !== null
    ) {
      const boxes = element.findAll('input.task-list-item-checkbox');
      void toggleTask(view.app, view.file, boxes.indexOf(start as HTMLElement));
    }
  };
  element.addEventListener('mouseover', (event) => {
    const link = elementOf(event)?.closest<HTMLElement>('a.internal-link') ?? null;
    if (link !== null) announceHover(view, link, event, 'preview');
  });
  element.addEventListener('click', onClick);
  element.addEventListener('auxclick', onClick);
}

/** Tells the core plugin "Page preview" that the pointer came upon a link. */
export function announceHover(
  view: NoteInView,
  targetEl: HTMLElement,
  event: MouseEvent,
  source: string,
): void {
  view.app.workspace.trigger('hover-link', {
    event,
    source,
    hoverParent: view,
    targetEl,
    linktext: targetEl.dataset['href'] ?? '',
    sourcePath: view.file?.path ?? '',
  });
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
