import { diffArrays } from 'diff';
import { masked, type ExpectedOutput } from './expectation';

/** One row of a comparison: as expected, missing from the output, or printed but not expected. */
export interface DiffRow {
  readonly kind: 'same' | 'missing' | 'extra';
  readonly text: string;
}

/**
 * How an output differs from the expected text, line by line. Lines that differ only in what is masked are the same, and
 * are shown as they were printed.
 */
export function diffExpected(
  { text, masks }: Pick<ExpectedOutput, 'text' | 'masks'>,
  output: string,
): DiffRow[] {
  const wanted = linesOf(text);
  const found = linesOf(output);
  const parts = diffArrays(
    wanted.map((line) => masked(line, masks)),
    found.map((line) => masked(line, masks)),
  );
  const rows: DiffRow[] = [];
  let atWanted = 0;
  let atFound = 0;
  for (const { added, removed, value } of parts) {
    const count = value.length;
    if (removed) rows.push(...wanted.slice(atWanted, atWanted + count).map(row('missing')));
    else rows.push(...found.slice(atFound, atFound + count).map(row(added ? 'extra' : 'same')));
    if (!added) atWanted += count;
    if (!removed) atFound += count;
  }
  return rows;
}

function row(kind: DiffRow['kind']): (text: string) => DiffRow {
  return (text) => ({ kind, text });
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
