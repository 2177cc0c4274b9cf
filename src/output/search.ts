import type { Line } from './line';

/** A place in an output: the line's index among those kept, and UTF-16 columns, end exclusive. */
export interface Match {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** Where a text stands in an output, whatever the case of its letters; at most `limit` places. */
export function findInOutput(lines: readonly Line[], query: string, limit = 10_000): Match[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return [];
  const matches: Match[] = [];
  for (const [line, { spans }] of lines.entries()) {
    const text = spans.length === 1 ? (spans[0]?.text ?? '') : spans.map((span) => span.text).join('');
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
      matches.push({ line, from: at, to: at + wanted.length });
      if (matches.length >= limit) return matches;
    }
  }
  return matches;
}
