/** What `output=plot` draws: columns of a cell's output as lines over a number or a time, or as bars. */
import { problem, type Problem } from '../base/problem';
import { readColumns, readNumber } from './columns';
import { jsonTable, parseJson, type OutputTable } from './table';

export interface PlotSeries {
  readonly name: string;
  /** As many as the plot has places; null where the output has no number. */
  readonly values: readonly (number | null)[];
}

interface PlotParts {
  /** What the places are: the name of their column. */
  readonly over: string;
  readonly series: readonly PlotSeries[];
  /** Columns, rows and lines of the output that are not drawn, in words; empty when there are none. */
  readonly leftOut: string;
}

/** Numbers (or seconds since the first row's time) along the axis. */
export interface LinePlot extends PlotParts {
  readonly kind: 'line';
  readonly places: readonly number[];
}

/** One bar, or one for each series, for every word of the first column. */
export interface BarPlot extends PlotParts {
  readonly kind: 'bar';
  readonly places: readonly string[];
}

export type Plot = LinePlot | BarPlot;

/** Which columns to draw, by name; null and none let the output decide. */
export interface PlotWishes {
  /** `row`: the number of the row. */
  readonly x: string | null;
  readonly y: readonly string[];
}

/** More lines than can be told apart, more bars than fit. */
const MOST_SERIES = 8;
const MOST_BARS = 40;

/** An output as a table: JSON, or text in columns. */
export function readTable(text: string): (OutputTable & { readonly otherLines?: number }) | null {
  return jsonTable(parseJson(text)) ?? readColumns(text);
}

/** The plot of an output, or why there is none. */
export function plotOf(text: string, wishes: PlotWishes): Plot | Problem {
  const table = readTable(text);
  if (table === null) return noPlot('No line of the output holds a number.');
  const unknown = [wishes.x, ...wishes.y].find(
    (name) => name !== null && name !== 'row' && !table.columns.includes(name),
  );
  if (unknown !== undefined && unknown !== null) {
    return noPlot(`It has no column \`${unknown}\`. Its columns are ${table.columns.join(', ')}.`);
  }
  const cells = (at: number): string[] => table.rows.map((row) => row[at] ?? '');
  const numbers = (at: number): (number | null)[] => cells(at).map(readNumber);
  const overAt = placeColumn(table, wishes);
  const wanted = table.columns
    .map((name, at) => ({ name, at }))
    .filter(({ name, at }) => at !== overAt && (wishes.y.length === 0 || wishes.y.includes(name)))
    .map(({ name, at }) => ({ name, values: numbers(at) }))
    .filter(({ values }) => values.some((value) => value !== null));
  if (wanted.length === 0)
    return noPlot('It has no column of numbers besides the one it would be drawn over.');
  const series = wanted.slice(0, MOST_SERIES);
  const leftOut = [
    count(wanted.length - series.length, 'more column'),
    count(table.otherLines ?? 0, 'other line'),
  ];
  const said = () => leftOut.filter((part) => part !== '').join(', ');
  const over = table.columns[overAt ?? -1] ?? 'row';
  const axis = overAt === null ? table.rows.map((_, row) => row + 1) : readAxis(cells(overAt));
  if (axis !== null) {
    const { places, since } = Array.isArray(axis) ? { places: axis, since: null } : axis;
    return {
      kind: 'line',
      over: since === null ? over : `${over}, seconds since ${since}`,
      places,
      series,
      leftOut: said(),
    };
  }
  const places = cells(overAt ?? 0).slice(0, MOST_BARS);
  leftOut.push(count(table.rows.length - places.length, 'more row'));
  const cut = series.map(({ name, values }) => ({ name, values: values.slice(0, MOST_BARS) }));
  return { kind: 'bar', over, places, series: cut, leftOut: said() };
}

/** The column that the others are drawn over; null for the number of the row. */
function placeColumn({ columns }: OutputTable, { x }: PlotWishes): number | null {
  if (x !== null) return x === 'row' ? null : columns.indexOf(x);
  return columns.length === 1 ? null : 0;
}

interface TimeAxis {
  readonly places: readonly number[];
  readonly since: string;
}

/** A column as places along an axis: numbers, or times as seconds since the first one; null when it holds words. */
function readAxis(cells: readonly string[]): number[] | TimeAxis | null {
  const numbers = cells.map(readNumber);
  if (numbers.every((value) => value !== null)) return epochs(numbers) ?? numbers;
  return clockTimes(cells) ?? dates(cells);
}

/** Seconds or milliseconds since 1970, as `date +%s`, `%s.%N` and `%s%3N` print them, of the years 2001 to 2286. */
function epochs(numbers: readonly number[]): TimeAxis | null {
  const unit = [1, 1000].find((each) => numbers.every((value) => value >= 1e9 * each && value < 1e10 * each));
  return unit === undefined ? null : sinceFirst(numbers.map((value) => value / unit));
}

/** `12:30:05`, `12:30:05.25`; a time before the one above it is of the next day. */
function clockTimes(cells: readonly string[]): TimeAxis | null {
  const places: number[] = [];
  let day = 0;
  let before = 0;
  for (const cell of cells) {
    const [, hour, minute, second] = /^(\d{1,2}):(\d\d):(\d\d(?:\.\d+)?)$/.exec(cell) ?? [];
    if (hour === undefined) return null;
    const at = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
    if (at < before) day += 86_400;
    before = at;
    places.push(at + day);
  }
  const first = places[0] ?? 0;
  return { places: places.map((at) => at - first), since: cells[0] ?? '' };
}

/** ISO 8601, as `date -Is` prints it; without a zone it is taken as UTC. */
function dates(cells: readonly string[]): TimeAxis | null {
  const times = cells.map((cell) => {
    const [, day, time = '00:00', zone = 'Z'] =
      /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(cell) ?? [];
    return day === undefined ? NaN : Date.parse(`${day}T${time.replace(',', '.')}${zone}`) / 1000;
  });
  return times.some(Number.isNaN) ? null : sinceFirst(times);
}

function sinceFirst(seconds: readonly number[]): TimeAxis {
  const first = seconds[0] ?? 0;
  const since = new Date(first * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.\d+)?Z$/, ' UTC');
  // A double holds the microseconds of an epoch; the difference must not show the digits behind them.
  return { places: seconds.map((at) => Number((at - first).toFixed(6))), since };
}

function noPlot(why: string): Problem {
  return problem(
    'The output is not drawn as a plot.',
    why,
    'Print rows of numbers with a line of column names above them.',
  );
}

function count(many: number, what: string): string {
  return many <= 0 ? '' : `${many.toLocaleString('en')} ${what}${many === 1 ? '' : 's'}`;
}
