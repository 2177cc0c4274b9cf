import { MarkdownRenderChild, type MarkdownPostProcessorContext } from 'obsidian';
import type { PathMoc, PathRow } from '../../path/model';
import type { PathActions } from '../path/actions';
import type { PathIndex } from '../path/pathIndex';
import { mocRows } from '../../path/order';
import { rowChip } from './rowChip';

/** Chips behind the rows of a MOC in Reading view; they follow the path while the note stays open. */
export function mocChipsInReadingView(index: PathIndex, actions: PathActions) {
  return (element: HTMLElement, context: MarkdownPostProcessorContext): void => {
    const entries = [...element.querySelectorAll<HTMLElement>('li, td')];
    if (entries.length === 0) return;
    const draw = (): void => {
      element.querySelectorAll('.labpath-row-chip').forEach((chip) => chip.remove());
      const moc = index.moc(context.sourcePath);
      if (!moc) return;
      const section = context.getSectionInfo(element);
      const rows = rowsWithin(moc, section && { from: section.lineStart + 1, to: section.lineEnd + 1 });
      for (const entry of entries) {
        const text = ownText(entry);
        const at = rows.findIndex((row) => text.startsWith(shownTitle(row)));
        if (at === -1) continue;
        const [row] = rows.splice(at, 1);
        if (row) placeChip(entry, rowChip(moc.path, row, actions));
      }
    };
    context.addChild(new ChipChild(element, index, draw));
  };
}

class ChipChild extends MarkdownRenderChild {
  constructor(
    element: HTMLElement,
    private readonly index: PathIndex,
    private readonly draw: () => void,
  ) {
    super(element);
  }

  override onload(): void {
    this.draw();
    this.register(this.index.changed.on(this.draw));
  }
}

function rowsWithin(moc: PathMoc, lines: { from: number; to: number } | null): PathRow[] {
  return mocRows(moc).filter(({ row }) => lines === null || (row.line >= lines.from && row.line <= lines.to));
}

function shownTitle({ row }: PathRow): string {
  return (row.link?.display ?? row.title).trim();
}

/** The text of a list entry, without the lists nested in it, or of a table's cell. */
function ownText(entry: HTMLElement): string {
  return [...entry.childNodes]
    .filter((node) => !isNestedList(node))
    .map((node) => node.textContent ?? '')
    .join('')
    .trim();
}

function placeChip(entry: HTMLElement, chip: HTMLElement): void {
  const nested = [...entry.childNodes].find(isNestedList);
  // Loose lists wrap the text in a paragraph; the chip belongs on its line.
  const line = entry.querySelector(':scope > p') ?? entry;
  if (line === entry && nested) entry.insertBefore(chip, nested);
  else line.append(chip);
}

function isNestedList(node: Node): boolean {
  return node.nodeName === 'UL' || node.nodeName === 'OL';
}
