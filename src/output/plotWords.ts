/** A plot in words, for those who do not see it. */
import type { Plot, PlotSeries } from './plot';
import { writeValue } from './plotAxis';

/** "Line chart over t, 10 points: mbit from 3 to 94, at last 94." */
export function plotWords(plot: Plot): string {
  const { kind, over, places, series } = plot;
  if (kind === 'bar') {
    const bars = places.map(
      (word, i) => `${word} ${series.map((each) => barWords(each, i, series)).join(', ')}`,
    );
    return `Bar chart over ${over}: ${bars.join('; ')}.`;
  }
  const lines = series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    const { least, most } = extent(known);
    return `${name} from ${writeValue(least)} to ${writeValue(most)}, at last ${writeValue(known.at(-1) ?? NaN)}`;
  });
  const many = `${places.length.toLocaleString('en')} point${places.length === 1 ? '' : 's'}`;
  return `Line chart over ${over}, ${many}: ${lines.join('; ')}.`;
}

/** What stands at one place of a plot: `t 3 · mbit 92.1 · retr –`. */
export function placeWords({ over, places, series }: Plot, at: number): string {
  const place = places[at];
  const where = typeof place === 'number' ? `${over.replace(/,.*/, '')} ${writeValue(place)}` : (place ?? '');
  const values = series.map(({ name, values }) => `${name} ${valueWords(values[at])}`);
  return [where, ...values].join(' · ');
}

export function valueWords(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : writeValue(value);
}

/** Of any number of values: `Math.min` takes only as many as there are arguments. */
export function extent(values: Iterable<number | null>): { readonly least: number; readonly most: number } {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { least, most };
}

function barWords({ name, values }: PlotSeries, at: number, series: readonly PlotSeries[]): string {
  const value = valueWords(values[at]);
  return series.length === 1 ? value : `${name} ${value}`;
}
