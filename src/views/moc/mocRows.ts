import type { PathMoc, PathRow } from '../../path/model';
import { mocRows } from '../../path/order';

/**
 * The rows of a MOC found again in a text that may be newer than the one the path was built from: by line where the
 * title still stands there, else by the nearest line that holds it. Rows that are gone are left out.
 */
export function findRows(moc: PathMoc, lines: readonly string[]): { line: number; row: PathRow }[] {
  const taken = new Set<number>();
  return mocRows(moc).flatMap((row) => {
    const shown = row.row.link?.target ?? row.row.title;
    const line = nearestLine(lines, row.row.line, shown, taken);
    if (line === null) return [];
    taken.add(line);
    return [{ line, row }];
  });
}

/** How far an edit above may have moved a row before the path is built anew. */
const REACH = 40;

function nearestLine(
  lines: readonly string[],
  wanted: number,
  text: string,
  taken: ReadonlySet<number>,
): number | null {
  for (let distance = 0; distance <= REACH; distance++) {
    for (const line of distance === 0 ? [wanted] : [wanted - distance, wanted + distance]) {
      if (!taken.has(line) && lines[line - 1]?.includes(text)) return line;
    }
  }
  return null;
}
