import type { Line } from '../../output/line';
import type { OutputText } from '../../output/outputText';

/** Longer outputs fold to their first and last lines. */
export const FOLD_ABOVE = 32;
const FOLD_HEAD = 8;
const FOLD_TAIL = 16;

/** One drawn row: a line of output, or a sentence about lines that are not drawn. */
export type Row = Line | string;

/** Rows drawn of an output that still grows: a program that floods its terminal must not hold the app up. */
const GROWING_HEAD = 200;
const GROWING_TAIL = 800;

/** Which rows of an output are drawn. */
export function rowsOf(output: OutputText, unfolded: boolean, growing = false): Row[] {
  const count = output.lineCount;
  if (!unfolded && count > FOLD_ABOVE) return headAndTail(output, FOLD_HEAD, FOLD_TAIL, 'folded');
  if (growing && count > GROWING_HEAD + GROWING_TAIL) {
    return headAndTail(output, GROWING_HEAD, GROWING_TAIL, 'are shown when the program has ended');
  }
  const lines: Row[] = output.lines();
  if (output.omittedLines > 0) {
    lines.splice(output.omittedAt, 0, `${output.omittedLines.toLocaleString('en')} lines were not kept`);
  }
  return lines;
}

function headAndTail(output: OutputText, head: number, tail: number, said: string): Row[] {
  const count = output.lineCount;
  const hidden = count - head - tail + output.omittedLines;
  return [
    ...output.lines(0, head),
    `${hidden.toLocaleString('en')} lines ${said}`,
    ...output.lines(count - tail, count),
  ];
}

/** How many rows `rowsOf` gives, without making them. */
export function rowCount(output: OutputText, unfolded: boolean): number {
  if (!unfolded && output.lineCount > FOLD_ABOVE) return FOLD_HEAD + 1 + FOLD_TAIL;
  return output.lineCount + (output.omittedLines > 0 ? 1 : 0);
}
