import type { PathNode } from './model';
import { isBehind, isLearnable } from './state';

/** What was left at the end of a day. */
export interface BurnDay {
  /** ISO 8601. */
  readonly date: string;
  /** Things that had no note yet. */
  readonly planned: number;
  /** Things not yet completed or skipped. */
  readonly toLearn: number;
}

const DATE = /^\d{4}-\d{2}-\d{2}/;
const DAY = 86_400_000;

/**
 * How the work on these nodes went down, from the day before anything was done to the last day something was. It is
 * read from what is kept anyway: the `created` of notes, and the learner's record. A note or a record without a date
 * counts as there from the beginning, and what is planned today as planned from the beginning.
 */
export function burnDown(nodes: Iterable<PathNode>): BurnDay[] {
  const written = new Map<string, number>();
  const learned = new Map<string, number>();
  let planned = 0;
  let toLearn = 0;
  for (const node of nodes) {
    if (!isLearnable(node) || node.places.length === 0) continue;
    const created = node.note === null ? null : dateOf(node.facts?.frontmatter['created']);
    if (node.note === null || created !== null) planned++;
    if (created !== null) count(written, created);
    const behind = isBehind(node) ? dateOf(node.learnedWhen) : null;
    if (!isBehind(node) || behind !== null) toLearn++;
    if (behind !== null) count(learned, behind);
  }
  const dates = [...new Set([...written.keys(), ...learned.keys()])].sort();
  const [first] = dates;
  if (first === undefined) return [];
  const days: BurnDay[] = [{ date: dayBefore(first), planned, toLearn }];
  for (const date of dates) {
    planned -= written.get(date) ?? 0;
    toLearn -= learned.get(date) ?? 0;
    days.push({ date, planned, toLearn });
  }
  return days;
}

/** The lines of a chart of this size, as `points` of SVG: level until a day, then down to what was left after it. */
export function burnDownLines(
  days: readonly BurnDay[],
  width: number,
  height: number,
): Readonly<Record<'planned' | 'toLearn', string>> {
  const times = days.map(({ date }) => Date.parse(date));
  const [start = 0, span = 1] = [times[0], (times.at(-1) ?? 0) - (times[0] ?? 0)];
  const most = Math.max(1, ...days.flatMap(({ planned, toLearn }) => [planned, toLearn]));
  const line = (key: 'planned' | 'toLearn'): string =>
    days
      .flatMap((day, i) => {
        const x = round((((times[i] ?? 0) - start) / Math.max(1, span)) * width);
        const y = (value: number): number => round(height - (value / most) * height);
        const before = days[i - 1];
        return before ? [`${x},${y(before[key])}`, `${x},${y(day[key])}`] : [`${x},${y(day[key])}`];
      })
      .join(' ');
  return { planned: line('planned'), toLearn: line('toLearn') };
}

function dateOf(value: unknown): string | null {
  const date = typeof value === 'string' ? (DATE.exec(value)?.[0] ?? '') : '';
  return Number.isNaN(Date.parse(date)) ? null : date;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY).toISOString().slice(0, 10);
}

function count(counts: Map<string, number>, date: string): void {
  counts.set(date, (counts.get(date) ?? 0) + 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
