import type { TextEdit } from '../base/textEdit';
import { scanFences } from '../markdown/fences';
import type { Cell } from './cell';
import { scanCells } from './scan';

/** The language of a pinned output: no shell, so nothing ever takes it for a cell. */
const PINNED = 'output';

/** What is said of a pinned output behind its fence's language. */
export type PinFacts = Readonly<Record<string, string | number>>;

/**
 * The edit that pins an output below a cell as a fence, in the place of the one pinned there before. Containers around
 * the cell (a callout's `> `, a list item's indentation) and the note's line ends are kept. Null when the text no longer
 * holds the cell.
 */
export function pinOutput(
  text: string,
  cell: Pick<Cell, 'id'>,
  output: string,
  facts: PinFacts,
): TextEdit | null {
  const fences = scanFences(text);
  const place = scanCells(text).find(({ id }) => id === cell.id);
  const fence = fences.find(({ line }) => line === place?.line);
  if (!place || !fence?.closed) return null;
  const lines = text.split('\n');
  const eol = lines[fence.line - 1]?.endsWith('\r') ? '\r\n' : '\n';
  const prefix = prefixOf(lines[fence.endLine - 1] ?? '');
  const block = fenced(output, facts).map((line) => (prefix + line).trimEnd());
  const pinned = fences.find(
    (other) =>
      other.line > fence.endLine &&
      other.closed &&
      other.info.split(/\s/, 1)[0] === PINNED &&
      lines.slice(fence.endLine, other.line - 1).every((line) => isEmptyIn(line, prefix)),
  );
  const first = pinned ? pinned.line : fence.endLine + 1;
  const from = offsetOf(lines, first);
  // A note may end with the cell's closing fence, without a line end.
  const lead = from > text.length ? eol : '';
  const gap = pinned ? [] : [prefix.trimEnd()];
  const to = pinned ? offsetOf(lines, pinned.endLine + 1) : from;
  const insert = lead + [...gap, ...block].map((line) => line + eol).join('');
  return { from: Math.min(from, text.length), to: Math.min(to, text.length), insert };
}

function fenced(output: string, facts: PinFacts): string[] {
  const longest = Math.max(2, ...[...output.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  const said = Object.entries(facts).map(([key, value]) => `${key}=${quoted(String(value))}`);
  return [`${mark}${PINNED} {${said.join(' ')}}`, ...output.split('\n'), mark];
}

/** Backticks may not stand in an info string, braces and quotes would end the value. */
function quoted(value: string): string {
  const plain = value.replace(/[`"{}\n\r]/g, '');
  return /^[^\s"',=]+$/.test(plain) ? plain : `"${plain}"`;
}

/** What stands in front of a closing fence: quote marks and indentation. */
function prefixOf(closing: string): string {
  return /^[\s>]*/.exec(closing)?.[0] ?? '';
}

function isEmptyIn(line: string, prefix: string): boolean {
  const rest = line.startsWith(prefix) ? line.slice(prefix.length) : line.replace(/^[\s>]*/, '');
  return rest.trim() === '';
}

/** Where a 1-based line begins; one past the end when the last line has no line end. */
function offsetOf(lines: readonly string[], line: number): number {
  let offset = 0;
  for (const each of lines.slice(0, line - 1)) offset += each.length + 1;
  return offset;
}
