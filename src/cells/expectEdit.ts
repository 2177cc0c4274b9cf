import { scanFences, type Fence } from '../markdown/fences';
import type { TextEdit } from './pin';
import { scanCells } from './scan';

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
  const { prefix, eol } = surroundings(lines, fence);
  const insert = output === '' ? '' : rowsOf(output.split('\n'), prefix, eol);
  return { from: offsetOf(lines, fence.line), to: offsetOf(lines, fence.endLine - 1), insert };
}

/** Where an expectation goes, and what it is about. */
export interface NewExpectation {
  /** Id of the cell below which it is written. */
  readonly below: string;
  /** Id of the cell that prints it. */
  readonly of: string;
  /** Further keys, as they stand in the braces. */
  readonly more?: string;
}

/** The edit that writes an expectation below a cell, or null when there is no name of its own to refer to. */
export function writeExpected(
  text: string,
  { below, of, more = '' }: NewExpectation,
  output: string,
): TextEdit | null {
  const place = scanCells(text).find(({ id }) => id === below);
  const fence = scanFences(text).find(({ line }) => line === place?.line);
  if (!fence?.closed || of.startsWith('cell-')) return null;
  const lines = text.split('\n');
  const { prefix, eol } = surroundings(lines, fence);
  const longest = Math.max(2, ...[...output.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  const keys = ['expect', `of=${of}`, ...(more === '' ? [] : [more])].join(' ');
  const from = Math.min(text.length, offsetOf(lines, fence.endLine));
  const lead = text.slice(0, from).endsWith('\n') ? '' : eol;
  const rows = ['', `${mark}text {${keys}}`, ...output.split('\n'), mark];
  return { from, to: from, insert: lead + rowsOf(rows, prefix, eol) };
}

/** What stands in front of each line of a fence (quote marks, indentation), and how its lines end. */
function surroundings(lines: readonly string[], { line, endLine }: Fence): { prefix: string; eol: string } {
  return {
    prefix: /^[\s>]*/.exec(lines[endLine - 1] ?? '')?.[0] ?? '',
    eol: lines[line - 1]?.endsWith('\r') === true ? '\r\n' : '\n',
  };
}

function rowsOf(rows: readonly string[], prefix: string, eol: string): string {
  return rows.map((row) => (prefix + row).trimEnd() + eol).join('');
}

/** Where the line behind so many lines begins. */
function offsetOf(lines: readonly string[], count: number): number {
  return lines.slice(0, count).reduce((sum, each) => sum + each.length + 1, 0);
}
