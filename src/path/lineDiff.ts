/** A line that an edit changes. */
export interface LineChange {
  /** 1-based. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** The lines in which two texts of equally many lines differ: what an edit of rows or headings does. */
export function changedLines(before: string, after: string): LineChange[] {
  const now = after.split('\n');
  return before
    .split('\n')
    .flatMap((line, i) => (line === now[i] ? [] : [{ line: i + 1, before: line, after: now[i] ?? '' }]));
}
