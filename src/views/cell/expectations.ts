import type { Cell } from '../../cells/cell';
import { textOf } from '../../cells/options';
import type { TextEdit } from '../../base/textEdit';
import { scanCells } from '../../cells/scan';
import { scanFences } from '../../markdown/fences';
import { expectedOutput } from '../../labs/expected';
import { compareOutput, type ExpectedOutput, type Mismatch } from '../../output/expectation';

/** An `expect` fence of a cell, held against its output. */
export interface Verdict {
  readonly fence: Cell;
  readonly expected: ExpectedOutput;
  /** Null when the output is as expected. */
  readonly mismatch: Mismatch | null;
}

/** The expectations a note has of one of its cells, for `of=` its id or name. */
export function expectationsOf(cell: Cell, note: readonly Cell[]): Cell[] {
  return note.filter(({ role, attributes }) => {
    const of = role === 'expect' ? textOf(attributes, 'of') : null;
    return of !== null && (of === cell.id || of === cell.name) && attributes['fault'] === undefined;
  });
}

export function judge(fence: Cell, output: string): Verdict {
  const expected = expectedOutput(fence);
  return { fence, expected, mismatch: compareOutput(expected, output) };
}

/** The edit that makes an output the expected text of a fence; its info string stays as it is. */
export function acceptExpected(text: string, expectId: string, output: string): TextEdit | null {
  const place = scanCells(text).find(({ id, role }) => role === 'expect' && id === expectId);
  const fence = scanFences(text).find(({ line }) => line === place?.line);
  if (!fence?.closed) return null;
  const lines = text.split('\n');
  const opening = lines[fence.line - 1] ?? '';
  const mark = /[`~]{3,}/.exec(opening)?.[0] ?? '```';
  // A fence cannot hold its own closing line.
  if (output.split('\n').some((line) => line.trimStart().startsWith(mark))) return null;
  const prefix = /^[\s>]*/.exec(lines[fence.endLine - 1] ?? '')?.[0] ?? '';
  const eol = opening.endsWith('\r') ? '\r\n' : '\n';
  const offset = (line: number) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  const insert =
    output === ''
      ? ''
      : output
          .split('\n')
          .map((line) => (prefix + line).trimEnd() + eol)
          .join('');
  return { from: offset(fence.line), to: offset(fence.endLine - 1), insert };
}

/** The edit that writes a first expectation below a cell, or null when the cell has no name of its own to refer to. */
export function writeExpected(text: string, cellId: string, output: string): TextEdit | null {
  const place = scanCells(text).find(({ id }) => id === cellId);
  const fence = scanFences(text).find(({ line }) => line === place?.line);
  if (!place || !fence?.closed || place.id.startsWith('cell-')) return null;
  const lines = text.split('\n');
  const closing = lines[fence.endLine - 1] ?? '';
  const prefix = /^[\s>]*/.exec(closing)?.[0] ?? '';
  const eol = closing.endsWith('\r') ? '\r\n' : '\n';
  const longest = Math.max(2, ...[...output.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  const rows = ['', `${mark}text {expect of=${place.id}}`, ...output.split('\n'), mark];
  const from = Math.min(
    text.length,
    lines.slice(0, fence.endLine).reduce((sum, each) => sum + each.length + 1, 0),
  );
  const lead = text.slice(0, from).endsWith('\n') ? '' : eol;
  return { from, to: from, insert: lead + rows.map((row) => (prefix + row).trimEnd() + eol).join('') };
}
