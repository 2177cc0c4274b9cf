import { findBodyLine } from './frontmatter';
import { cursorAt, isBlank, skipIndent, type Cursor } from './columns';
import { continueContainers, openContainers, type Container } from './containers';
import { rawHtmlEnd } from './rawHtml';

/** A fenced code block (CommonMark §4.5), also inside block quotes, callouts and list items. */
export interface Fence {
  /** 1-based lines of the opening and the closing fence; without a closing fence, the last line of the block. */
  readonly line: number;
  readonly endLine: number;
  /** False when the note, not a closing fence or the end of the surrounding quote or list item, ended the block. */
  readonly closed: boolean;
  /** The info string, trimmed and otherwise as written. */
  readonly info: string;
  /** The code, container prefixes and the fence's own indentation removed, lines joined by LF. */
  readonly body: string;
  /** What stands after the closing fence (`{{exec}}`); CommonMark forbids it, some tools write it. */
  readonly trailing: string;
}

const OPEN = /^(`{3,}|~{3,})(.*)$/;
/** Lines that end a paragraph: what follows them begins anew. */
const NO_PARAGRAPH =
  /^(?:#{1,6}(?:[ \t]|$)|(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$|={1,}[ \t]*$|-{1,}[ \t]*$)/;
/** Prose outside of any container; most lines are, and an editor asks again at every key. */
const PLAIN = /^[^\s`~>*+\-\d<#=_]/;
/** Every fence of a note, top to bottom. Frontmatter is not looked into. */
export function scanFences(text: string): Fence[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const fences: Fence[] = [];
  let open: readonly Container[] = [];
  let inParagraph = false;
  let htmlEnd: RegExp | null = null;
  /** The line before was an item's marker and nothing else; a blank line now would end the item (CommonMark §5.2). */
  let isItemBegun = false;
  for (let i = findBodyLine(lines) - 1; i < lines.length; i++) {
    const line = cursorAt(lines[i] ?? '');
    if (open.length === 0 && htmlEnd === null && PLAIN.test(line.text)) {
      inParagraph = true;
      continue;
    }
    if (isItemBegun && isBlank(continueContainers(line, open).rest)) open = open.slice(0, -1);
    isItemBegun = false;
    const { depth, rest } = continueContainers(line, open);
    if (htmlEnd !== null && depth === open.length) {
      if (htmlEnd.test(rest.text)) htmlEnd = null;
      continue;
    }
    htmlEnd = null;
    const isInside = depth === open.length;
    const begun = openContainers(rest, depth, inParagraph && isInside);
    const content = begun.rest.indent > 3 ? null : skipIndent(begun.rest, 3);
    const fence = content === null ? null : OPEN.exec(content.text);
    const marker = fence?.[1] ?? '';
    const info = (fence?.[2] ?? '').trim();
    const isFence = fence !== null && !(marker.startsWith('`') && info.includes('`'));
    // Plain text below a quote or item still belongs to its paragraph (CommonMark, "lazy continuation").
    const isLazy = inParagraph && begun.opened.length === 0 && !isFence && !isBlank(begun.rest);
    if (!isInside && isLazy && !NO_PARAGRAPH.test(content?.text ?? '')) continue;
    open = [...open.slice(0, depth), ...begun.opened];
    if (isFence) {
      const block = readBlock(lines, i, open, begun.rest.indent, marker, info);
      fences.push(block);
      i = block.endLine - 1;
      inParagraph = false;
      continue;
    }
    isItemBegun = begun.opened.at(-1)?.kind === 'item' && isBlank(begun.rest);
    htmlEnd = rawHtmlEnd(content?.text ?? '', inParagraph && isInside && begun.opened.length === 0);
    inParagraph = isParagraph(begun.rest, content, inParagraph && isInside && begun.opened.length === 0);
  }
  return fences;
}

/** Whether the next line could continue a paragraph. Indented code cannot interrupt one. */
function isParagraph(line: Cursor, content: Cursor | null, before: boolean): boolean {
  if (isBlank(line)) return false;
  return content === null ? before : !NO_PARAGRAPH.test(content.text);
}

function readBlock(
  lines: readonly string[],
  start: number,
  containers: readonly Container[],
  indent: number,
  marker: string,
  info: string,
): Fence {
  const body: string[] = [];
  const close = new RegExp(`^${marker[0] ?? ''}{${marker.length},}(?:[ \\t]*|(\\{\\{[^{}]*\\}\\})[ \\t]*)$`);
  for (let i = start + 1; i < lines.length; i++) {
    const { depth, rest } = continueContainers(cursorAt(lines[i] ?? ''), containers);
    // CommonMark: a block ends with the container it stands in.
    if (depth < containers.length) return done(i, true, '');
    const end = rest.indent > 3 ? null : close.exec(skipIndent(rest, 3).text);
    if (end) return done(i + 1, true, end[1] ?? '');
    body.push(skipIndent(rest, indent).text);
  }
  const last = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (last < start + 1 + body.length) body.pop();
  return done(Math.max(last, start + 1), false, '');

  function done(endLine: number, closed: boolean, trailing: string): Fence {
    return { line: start + 1, endLine, closed, info, body: body.join('\n'), trailing };
  }
}
