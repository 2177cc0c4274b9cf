/** A span of days as people and tools write it: `30`, `30d`, `2 weeks`, `3 months`, `1y`, or ISO 8601 (`P2W`). */
const SPAN = /^P?\s*(\d+)\s*(d|days?|w|weeks?|m|months?|y|years?)?$/i;
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** The days an interval means, or null when it means none. */
export function intervalDays(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && value > 0 ? value : null;
  const match = typeof value === 'string' ? SPAN.exec(value.trim()) : null;
  if (!match) return null;
  const days = Number(match[1]) * (DAYS[match[2]?.charAt(0).toLowerCase() ?? 'd'] ?? 1);
  return days > 0 ? days : null;
}

const DAY = 86_400_000;

/** The ISO 8601 date so many days after a point in time, or null when that is no date. */
export function daysAfter(when: string, days: number): string | null {
  const start = Date.parse(when);
  const end = new Date(start + days * DAY);
  return Number.isNaN(end.getTime()) ? null : end.toISOString().slice(0, 10);
}
