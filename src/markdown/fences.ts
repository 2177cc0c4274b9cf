/** A fenced code block (CommonMark §4.5), also inside block quotes, callouts and list items. */
export interface Fence {
  /** 1-based lines of the opening and the closing fence; without a closing fence, the last line of the block. */
  readonly line: number;
  readonly endLine: number;
  /** False when the note, not a closing fence, ended the block. */
  readonly closed: boolean;
  /** The info string, trimmed and otherwise as written. */
  readonly info: string;
  /** The code, container prefixes and the fence's own indentation removed, lines joined by LF. */
  readonly body: string;
  /** What stands after the closing fence (`{{exec}}`); CommonMark forbids it, some tools write it. */
  readonly trailing: string;
}

interface Container {
  /** Number of `>` in front. */
  readonly quotes: number;
  /** Columns of list indentation inside the quotes. */
  readonly indent: number;
}

const OPEN = /^( *)(`{3,}|~{3,})(.*)$/;
const LIST_MARKER = /^( *)(?:[-*+]|\d{1,9}[.)])( {1,4}|\t|$)/;

/** Every fence of a note, top to bottom. Frontmatter is not looked into. */
export function scanFences(text: string): Fence[] {
  const lines = text.split(/\r?\n/);
  const fences: Fence[] = [];
  let listIndents: number[] = [];
  let listQuotes = 0;
  for (let i = frontmatterEnd(lines); i < lines.length; i++) {
    const { quotes, rest } = stripQuotes(lines[i] ?? '');
    if (quotes !== listQuotes) {
      listIndents = [];
      listQuotes = quotes;
    }
    if (rest.trim() === '') continue;
    const indent = leadingSpaces(rest);
    listIndents = listIndents.filter((offset) => offset <= indent);
    let content = rest;
    for (let item = LIST_MARKER.exec(content); item; item = LIST_MARKER.exec(content)) {
      // Four columns past the enclosing item is indented code, not a nested list.
      if ((item[1] ?? '').length - (listIndents.at(-1) ?? 0) > 3) break;
      const offset = item[0].length;
      listIndents.push(offset);
      content = ' '.repeat(offset) + content.slice(offset);
    }
    const open = OPEN.exec(content);
    const container: Container = { quotes, indent: listIndents.at(-1) ?? 0 };
    const own = (open?.[1] ?? '').length - container.indent;
    const marker = open?.[2] ?? '';
    const info = (open?.[3] ?? '').trim();
    if (!open || own > 3 || (marker.startsWith('`') && info.includes('`'))) continue;
    const fence = readBlock(lines, i, container, own, marker, info);
    fences.push(fence);
    i = fence.endLine - 1;
  }
  return fences;
}

function readBlock(
  lines: readonly string[],
  open: number,
  container: Container,
  own: number,
  marker: string,
  info: string,
): Fence {
  const body: string[] = [];
  const close = new RegExp(
    `^ {0,3}${marker[0] ?? ''}{${marker.length},}(?:[ \\t]*|(\\{\\{[^{}]*\\}\\})[ \\t]*)$`,
  );
  for (let i = open + 1; i < lines.length; i++) {
    const inside = enter(lines[i] ?? '', container);
    // CommonMark: a block ends with the container it stands in.
    if (inside === null) return done(i, true, '');
    const end = close.exec(inside);
    if (end) return done(i + 1, true, end[1] ?? '');
    body.push(inside.replace(new RegExp(`^ {0,${own}}`), ''));
  }
  const last = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (last < open + 1 + body.length) body.pop();
  return done(Math.max(last, open + 1), false, '');

  function done(endLine: number, closed: boolean, trailing: string): Fence {
    return { line: open + 1, endLine, closed, info, body: body.join('\n'), trailing };
  }
}

/** The line as seen from inside the container, or null when the container has ended. */
function enter(line: string, container: Container): string | null {
  let rest = line;
  for (let depth = 0; depth < container.quotes; depth++) {
    const match = /^ {0,3}> ?/.exec(rest);
    if (!match) return null;
    rest = rest.slice(match[0].length);
  }
  if (container.indent === 0) return rest;
  if (rest.trim() === '') return '';
  const spaces = leadingSpaces(rest);
  if (spaces < container.indent) return rest.startsWith('\t') ? rest.slice(1) : null;
  return rest.slice(container.indent);
}

function stripQuotes(line: string): { quotes: number; rest: string } {
  let quotes = 0;
  let rest = line;
  for (let match = /^ {0,3}> ?/.exec(rest); match; match = /^ {0,3}> ?/.exec(rest)) {
    quotes++;
    rest = rest.slice(match[0].length);
  }
  return { quotes, rest: expandIndent(rest) };
}

/** Leading tabs as four spaces, which is what they mean for structure (CommonMark §2.2). */
function expandIndent(line: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return indent.includes('\t') ? indent.replaceAll('\t', '    ') + line.slice(indent.length) : line;
}

function leadingSpaces(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

function frontmatterEnd(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const close = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---');
  return close === -1 ? 0 : close + 1;
}
