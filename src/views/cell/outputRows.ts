import type { Line } from '../../output/line';
import type { OutputText } from '../../output/outputText';

/** Longer outputs fold to their first and last lines. */
export const FOLD_ABOVE = 32;
const FOLD_HEAD = 8;
const FOLD_TAIL = 16;

/** One drawn row: a line of output, or a sentence about lines that are not drawn. */
export type Row = Line | string;

/** Which rows of an output are drawn. */
export function rowsOf(output: OutputText, unfolded: boolean): Row[] {
  const count = output.lineCount;
  if (!unfolded && count > FOLD_ABOVE) {
    const hidden = count - FOLD_HEAD - FOLD_TAIL + output.omittedLines;
    return [
      ...output.lines(0, FOLD_HEAD),
      `${hidden.toLocaleString('en')} lines folded`,
      ...output.lines(count - FOLD_TAIL, count),
    ];
  }
  const lines: Row[] = output.lines();
  if (output.omittedLines > 0) {
    lines.splice(output.omittedAt, 0, `${output.omittedLines.toLocaleString('en')} lines were not kept`);
  }
  return lines;
}

/** How many rows `rowsOf` gives, without making them. */
export function rowCount(output: OutputText, unfolded: boolean): number {
  if (!unfolded && output.lineCount > FOLD_ABOVE) return FOLD_HEAD + 1 + FOLD_TAIL;
  return output.lineCount + (output.omittedLines > 0 ? 1 : 0);
}
