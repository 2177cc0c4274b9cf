import { MarkdownRenderChild, type App, type MarkdownPostProcessorContext } from 'obsidian';
import type { Cell } from '../../cells/cell';
import { scanCells } from '../../cells/scan';
import { scanFences } from '../../markdown/fences';
import type { CellDesk } from '../cell/cellDesk';
import { isShown } from '../cell/shown';
import { CellView } from '../cell/cellView';

/** Cells in Reading view: the same component below each rendered code block that is a cell. */
export function cellPostProcessor(app: App, desk: CellDesk) {
  return async (element: HTMLElement, context: MarkdownPostProcessorContext): Promise<void> => {
    const blocks = [...element.querySelectorAll<HTMLElement>('pre > code')];
    if (blocks.length === 0) return;
    const section = context.getSectionInfo(element);
    const text = await readNote(app, context.sourcePath);
    if (text === null) return;
    desk.notes.offer(context.sourcePath, text);
    // Only looked at: what is rendered need not be the note's newest text, so no run follows it. An embed of a heading
    // has a section whose text is a part of the note: its lines are not the note's, and its place is found by its code.
    const whole = section !== null && normal(section.text) === normal(text) ? section : null;
    const candidates = cellsByBody(text, scanCells(text)).filter(
      ({ cell }) => !whole || (cell.line - 1 >= whole.lineStart && cell.endLine - 1 <= whole.lineEnd),
    );
    for (const block of blocks) {
      const body = trimEnd(block.textContent ?? '');
      const index = candidates.findIndex((candidate) => trimEnd(candidate.body) === body);
      const [match] = index === -1 ? [] : candidates.splice(index, 1);
      const pre = block.parentElement;
      if (!match || !pre) continue;
      const host = createDiv({ cls: 'labpath-reading-cell' });
      pre.after(host);
      pre.addClass('labpath-has-cell');
      context.addChild(
        new CellChild(host, () => {
          // Without a section this is an export or a preview: nothing is run from there.
          return new CellView(host, desk, context.sourcePath, match.cell, { static: section === null });
        }),
      );
    }
  };
}

class CellChild extends MarkdownRenderChild {
  private view: CellView | null = null;

  constructor(
    element: HTMLElement,
    private readonly make: () => CellView,
  ) {
    super(element);
  }

  override onload(): void {
    this.view = this.make();
  }

  override onunload(): void {
    this.view?.destroy();
  }
}

/** Each cell with the text its code block shows; that is not always the code (console fences show prompts). */
function cellsByBody(text: string, cells: readonly Cell[]): { cell: Cell; body: string }[] {
  const bodies = new Map(scanFences(text).map((fence) => [fence.line, fence.body]));
  return cells.filter(isShown).map((cell) => ({ cell, body: bodies.get(cell.line) ?? cell.source }));
}

async function readNote(app: App, path: string): Promise<string | null> {
  const file = app.vault.getFileByPath(path);
  return file ? app.vault.cachedRead(file) : null;
}

function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

function trimEnd(code: string): string {
  return code.replace(/\s+$/, '');
}
