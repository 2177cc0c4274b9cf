import {
  MarkdownRenderChild,
  type App,
  type CachedMetadata,
  type MarkdownPostProcessorContext,
  type MarkdownSectionInformation,
} from 'obsidian';
import type { Cell } from '../../cells/cell';
import { scanCells } from '../../cells/scan';
import { scanFences } from '../../markdown/fences';
import type { CellDesk } from '../cell/cellDesk';
import { isShown } from '../cell/shown';
import { CellView } from '../cell/cellView';

/**
 * Cells where notes are rendered: in Reading view, in embeds, hover previews and cards of a canvas, on paper. It is the
 * same component below each code block that is a cell.
 */
export function cellPostProcessor(app: App, desk: CellDesk) {
  return async (element: HTMLElement, context: MarkdownPostProcessorContext): Promise<void> => {
    const blocks = [...element.querySelectorAll<HTMLElement>('pre > code')];
    if (blocks.length === 0) return;
    const section = context.getSectionInfo(element);
    const text = await readNote(app, context.sourcePath);
    if (text === null) return;
    // Only looked at: what is rendered need not be the note's newest text, so no run follows it.
    desk.notes.offer(context.sourcePath, text);
    const lines = section === null ? null : linesInNote(section, text);
    const candidates = cellsByBody(text, scanCells(text)).filter(
      ({ cell }) => !lines || (cell.line - 1 >= lines.start && cell.endLine - 1 <= lines.end),
    );
    for (const block of blocks) {
      const body = bodyOf(block);
      // Without lines the place among blocks of the same text, below the same heading, must do.
      const above =
        lines === null ? renderedAbove(element, app.metadataCache.getCache(context.sourcePath)) : TOP;
      const nth = above.blocks.filter((block) => bodyOf(block) === body).length;
      const twins = candidates.filter(
        (candidate) => trimEnd(candidate.body) === body && candidate.cell.line > above.line,
      );
      const match = twins[nth] ?? twins[0];
      const pre = block.parentElement;
      if (!match || !pre) continue;
      candidates.splice(candidates.indexOf(match), 1);
      const host = createDiv({ cls: 'labpath-reading-cell' });
      pre.after(host);
      pre.addClass('labpath-has-cell');
      context.addChild(
        new CellChild(host, () => {
          // Without a section this is an export or a preview that goes with the pointer: nothing is run from there.
          return new CellView(host, desk, context.sourcePath, match.cell, { static: section === null });
        }),
      );
    }
  };
}

/**
 * Where a section stands in its note, in lines from 0; null when that cannot be told. What is rendered may be a part of
 * the note, as an embed of a heading is, whose sections count from its own first line.
 */
function linesInNote(
  { text, lineStart, lineEnd }: MarkdownSectionInformation,
  note: string,
): { readonly start: number; readonly end: number } | null {
  const [part, whole] = [normal(text), normal(note)];
  const at = whole.indexOf(part);
  if (at === -1 || whole.indexOf(part, at + 1) !== -1) return null;
  const above = whole.slice(0, at).split('\n').length - 1;
  return { start: above + lineStart, end: above + lineEnd };
}

/** What was rendered above a section: the line of its heading, and the code blocks that stand between the two. */
interface Above {
  /** In the note, from 0; -1 without a heading. */
  readonly line: number;
  readonly blocks: readonly HTMLElement[];
}

const TOP: Above = { line: -1, blocks: [] };

function renderedAbove(section: HTMLElement, cache: CachedMetadata | null): Above {
  const rendered = [
    ...(section.parentElement?.querySelectorAll<HTMLElement>('[data-heading], pre > code') ?? []),
  ];
  const above = rendered.filter(
    (each) => each.compareDocumentPosition(section) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const at = above.findLastIndex(({ dataset }) => dataset['heading'] !== undefined);
  const text = above[at]?.dataset['heading'];
  const found = cache?.headings?.find(({ heading }) => heading === text);
  const blocks = found ? above.slice(at + 1) : above;
  return {
    line: found?.position.start.line ?? -1,
    blocks: blocks.filter(({ tagName }) => tagName === 'CODE'),
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

/** The text of a note; null for what is none: the text of a canvas's own cards stands inside of its file. */
async function readNote(app: App, path: string): Promise<string | null> {
  const file = app.vault.getFileByPath(path);
  return file?.extension === 'md' ? app.vault.cachedRead(file) : null;
}

function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

function bodyOf(block: HTMLElement): string {
  return trimEnd(block.textContent ?? '');
}

function trimEnd(code: string): string {
  return code.replace(/\s+$/, '');
}
