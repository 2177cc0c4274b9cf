import { isBlank, skipIndent, skipText, type Cursor } from './columns';

/** A block that holds other blocks: a quote (callouts are quotes), or a list item and how far its content is indented. */
export type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly indent: number };

const MARKER = /^(?:[-*+]|(\d{1,9})[.)])(?=[ \t]|$)/;
const THEMATIC_BREAK = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;

/** Deeper nesting than anyone writes is left as text, so that no note takes long to read. */
const DEEPEST = 100;

/** The line behind the marks of a container it continues, or null when it does not continue it (CommonMark §5.1, §5.2). */
function continueContainer(line: Cursor, container: Container): Cursor | null {
  if (container.kind === 'quote') return enterQuote(line);
  if (line.indent >= container.indent || isBlank(line)) return skipIndent(line, container.indent);
  return null;
}

/** How many of the open containers a line continues, and what stands behind their marks. */
export function continueContainers(
  line: Cursor,
  open: readonly Container[],
): { readonly depth: number; readonly rest: Cursor } {
  let rest = line;
  for (const [depth, container] of open.entries()) {
    const next = continueContainer(rest, container);
    if (next === null) return { depth, rest };
    rest = next;
  }
  return { depth: open.length, rest };
}

/**
 * The containers that begin on a line, and what stands behind their marks.
 *
 * @param depth how many containers the line is in already
 * @param inParagraph whether the line could continue a paragraph: then an empty item, or a number other than 1, begins
 * no list
 */
export function openContainers(
  line: Cursor,
  depth: number,
  inParagraph: boolean,
): { readonly opened: readonly Container[]; readonly rest: Cursor } {
  const opened: Container[] = [];
  let rest = line;
  while (depth + opened.length < DEEPEST) {
    const quote = enterQuote(rest);
    const item = quote === null ? enterItem(rest, inParagraph && opened.length === 0) : null;
    if (quote !== null) opened.push({ kind: 'quote' });
    else if (item !== null) opened.push({ kind: 'item', indent: item.indent });
    else return { opened, rest };
    rest = quote ?? item?.rest ?? rest;
  }
  return { opened, rest };
}

function enterQuote(line: Cursor): Cursor | null {
  if (line.indent > 3) return null;
  const mark = skipIndent(line, 3);
  return mark.text.startsWith('>') ? skipIndent(skipText(mark, 1), 1) : null;
}

function enterItem(line: Cursor, inParagraph: boolean): { indent: number; rest: Cursor } | null {
  const indent = line.indent;
  if (indent > 3) return null;
  const start = skipIndent(line, indent);
  const marker = MARKER.exec(start.text);
  if (!marker || THEMATIC_BREAK.test(start.text)) return null;
  const behind = skipText(start, marker[0].length);
  const isEmpty = isBlank(behind);
  if (inParagraph && (isEmpty || (marker[1] !== undefined && Number(marker[1]) !== 1))) return null;
  // Five columns or more behind the marker are indented code; one of them belongs to the marker.
  const gap = isEmpty || behind.indent > 4 ? 1 : behind.indent;
  return { indent: indent + marker[0].length + gap, rest: skipIndent(behind, gap) };
}
