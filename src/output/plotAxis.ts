/** Axes of plots: round numbers at even steps, and how they are written. */
import { nice, ticks } from 'd3-array';
import { format, formatPrefix, precisionFixed, precisionPrefix } from 'd3-format';

export interface Tick {
  /** From 0, the axis' beginning, to 1. */
  readonly at: number;
  readonly label: string;
}

export interface Axis {
  readonly ticks: readonly Tick[];
  /** Where a value stands: 0 is the axis' beginning, 1 its end. */
  place(value: number): number;
}

/** @param wanted about how many ticks */
export function makeAxis(from: number, to: number, wanted: number): Axis {
  // An axis has a length, even where all values are the same.
  const end = to > from ? to : from + (from === 0 ? 1 : Math.abs(from));
  return evenAxis(from, end, wanted);
}

/** An axis for heights: it begins at zero, unless all values lie close together far from it. */
export function heightAxis(least: number, most: number, wanted: number): Axis {
  const isFar = least > 0 && most - least < most / 5 && most > least;
  const [from, to] = isFar ? nice(least, most, wanted) : nice(Math.min(0, least), Math.max(0, most), wanted);
  return makeAxis(from, to, wanted);
}

function evenAxis(from: number, to: number, wanted: number): Axis {
  const place = (value: number): number => (value - from) / (to - from);
  const values = ticks(from, to, wanted);
  const step = (values[1] ?? to) - (values[0] ?? from);
  const write = writerFor(step, Math.max(Math.abs(from), Math.abs(to)));
  return {
    ticks: values.map((value) => ({ at: place(value), label: value === 0 ? '0' : write(value) })),
    place,
  };
}

/** All labels of an axis in one unit (k, M, G), with as many digits as its steps need. */
function writerFor(step: number, most: number): (value: number) => string {
  if (most >= 10_000) return formatPrefix(`,.${precisionPrefix(step, most)}`, most);
  return format(`,.${precisionFixed(step)}f`);
}

/** One value, for reading: at most four digits that count, `12.35M`. */
export function writeValue(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 10_000 || size < 0.001)) return format('.4~s')(value);
  return format(',.4~r')(value);
}
