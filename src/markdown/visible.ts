import { problem, type Problem } from '../base/problem';
import { scanFences } from './fences';
import { findBodyLine } from './frontmatter';
import { blankInlineCode } from './links';

/** A note's lines as a reader sees them. Both arrays have one entry per line of the note, without line ends. */
export interface VisibleLines {
  readonly raw: readonly string[];
  /** Frontmatter and fences as empty lines; comments (`%% %%`, `<!-- -->`) as spaces, so that columns still fit. */
  readonly visible: readonly string[];
  /** A fence or a comment that never closes and so swallows the rest of the note. */
  readonly problems: readonly Problem[];
}

const COMMENT_ENDS = { '%%': '%%', '<!--': '-->' } as const;
type CommentStart = keyof typeof COMMENT_ENDS;

/** Takes away what a reader of the note does not see as prose, lists and headings. */
export function visibleLines(text: string): VisibleLines {
  const raw = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const problems: Problem[] = [];
  const hidden = new Set<number>();
  const bodyLine = findBodyLine(raw);
  for (let line = 1; line < bodyLine; line++) hidden.add(line);
  for (const fence of scanFences(text)) {
    for (let line = fence.line; line <= fence.endLine; line++) hidden.add(line);
    if (!fence.closed) problems.push(neverCloses('code block', fence.line, 'Add the closing ``` line.'));
  }
  const lines = raw.map((line, i) => (hidden.has(i + 1) ? '' : line));
  const { visible, openedOn } = blankComments(lines);
  if (openedOn !== null) problems.push(neverCloses('comment', openedOn, 'Add its closing mark.'));
  return { raw, visible, problems };
}

/** The last line, 0-based, on which a comment of this kind can end; -1 for none. */
type LastEnds = Readonly<Record<CommentStart, number>>;

function blankComments(lines: readonly string[]): {
  visible: readonly string[];
  openedOn: number | null;
} {
  // Most notes hold no comment; they need no closer look.
  if (!lines.some((line) => line.includes('%%') || line.includes('<!--'))) {
    return { visible: lines, openedOn: null };
  }
  const visible: string[] = [];
  const lastEnd = (mark: string) => lines.reduce((last, line, i) => (line.includes(mark) ? i : last), -1);
  const lastEnds: LastEnds = { '%%': lastEnd('%%'), '<!--': lastEnd('-->') };
  let open: { start: CommentStart; line: number } | null = null;
  lines.forEach((line, i) => {
    const code = blankInlineCode(line);
    const lastHere = { '%%': code.lastIndexOf('%%'), '<!--': code.lastIndexOf('-->') };
    const closes = (mark: CommentStart, from: number) =>
      lastHere[mark] >= from + mark.length || lastEnds[mark] > i;
    let shown = '';
    let at = 0;
    while (at < line.length) {
      if (open === null) {
        const start = nextStart(code, at, closes);
        const end = start?.at ?? line.length;
        shown += line.slice(at, end);
        at = end;
        if (start === null) continue;
        open = { start: start.mark, line: i + 1 };
        shown += ' '.repeat(start.mark.length);
        at += start.mark.length;
      } else {
        const mark: string = COMMENT_ENDS[open.start];
        const close = line.indexOf(mark, at);
        const end = close === -1 ? line.length : close + mark.length;
        shown += ' '.repeat(end - at);
        at = end;
        if (close !== -1) open = null;
      }
    }
    visible.push(shown);
  });
  return { visible, openedOn: (open as { line: number } | null)?.line ?? null };
}

/** Where the next comment opens in this line. A mark within a sentence that nothing closes is plain text. */
function nextStart(
  code: string,
  from: number,
  closes: (mark: CommentStart, at: number) => boolean,
): { at: number; mark: CommentStart } | null {
  const starts = /%%|<!--/g;
  starts.lastIndex = from;
  for (let match = starts.exec(code); match; match = starts.exec(code)) {
    const mark = match[0] as CommentStart;
    const at = match.index;
    if (closes(mark, at) || code.slice(0, at).trim() === '') return { at, mark };
  }
  return null;
}

function neverCloses(what: string, line: number, next: string): Problem {
  return problem(
    `The ${what} that opens on line ${line} never closes.`,
    'Everything below it is read as part of it.',
    next,
  );
}
