/** Draws a plot: lines or bars, a legend, and what stands under the pointer in words. Only looks, holds no state. */
import type { BarPlot, LinePlot, Plot } from '../../output/plot';
import { heightAxis, makeAxis, type Axis } from '../../output/plotAxis';
import { linePath, PLOT_BOX, thinned } from '../../output/plotLines';
import { extent, placeWords, plotWords, valueWords } from '../../output/plotWords';
import { nameElement } from '../ui/name';

export function drawPlot(parent: HTMLElement, plot: Plot): void {
  const chart = parent.createDiv({ cls: `labpath-plot is-${plot.kind}` });
  drawLegend(chart, plot);
  if (plot.kind === 'line') drawLines(chart, plot);
  else drawBars(chart, plot);
  if (plot.leftOut !== '') chart.createDiv({ cls: 'labpath-gap', text: `Not drawn: ${plot.leftOut}.` });
}

function drawLegend(chart: HTMLElement, { kind, series }: Plot): void {
  const legend = chart.createDiv({ cls: 'labpath-plot-legend' });
  for (const [i, { name }] of series.entries()) {
    const entry = legend.createSpan({ cls: ['labpath-plot-key', seriesClass(i)] });
    // The dashes of a line tell it from the others where colours do not.
    const sample = entry.createSvg('svg', { attr: { viewBox: '0 0 24 8', 'aria-hidden': 'true' } });
    if (kind === 'line') sample.createSvg('path', { cls: 'labpath-plot-line', attr: { d: 'M1,4L23,4' } });
    else sample.createSvg('rect', { cls: 'labpath-plot-swatch', attr: { width: 24, height: 8, rx: 2 } });
    entry.createSpan({ text: name });
  }
}

function drawLines(chart: HTMLElement, plot: LinePlot): void {
  const across = extent(plot.places);
  const up = extent(plot.series.flatMap(({ values }) => values));
  const x = makeAxis(across.least, across.most, 6);
  const y = heightAxis(up.least, up.most, 5);
  const frame = chart.createDiv({ cls: 'labpath-plot-frame', attr: { tabindex: 0, role: 'img' } });
  nameElement(frame, plotWords(plot), chart);
  // Labels are HTML in per cent of the frame, the lines a picture stretched over it: so both fit any width.
  drawTicks(frame, y, 'y');
  drawTicks(frame, x, 'x');
  const area = frame.createDiv({ cls: 'labpath-plot-area' });
  const svg = area.createSvg('svg', {
    attr: { viewBox: `0 0 ${PLOT_BOX} ${PLOT_BOX}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
  });
  for (const [i, { values }] of plot.series.entries()) {
    const points = values.map((value, row) =>
      value === null ? null : { x: x.place(plot.places[row] ?? 0), y: y.place(value) },
    );
    svg.createSvg('path', {
      cls: ['labpath-plot-line', seriesClass(i)],
      attr: { d: linePath(thinned(points)) },
    });
  }
  chart.createDiv({ cls: 'labpath-plot-over', text: plot.over });
  readAt(chart, frame, area, plot, x);
}

function drawTicks(frame: HTMLElement, { ticks }: Axis, direction: 'x' | 'y'): void {
  for (const { at, label } of ticks) {
    const tick = frame.createSpan({
      cls: `labpath-plot-tick is-${direction}`,
      attr: { 'aria-hidden': 'true' },
    });
    tick.createSpan({ text: label });
    tick.setCssProps({ '--labpath-at': at.toFixed(4) });
  }
}

/** The values at the place nearest to the pointer, or at the one that the arrow keys have reached. */
function readAt(chart: HTMLElement, frame: HTMLElement, area: HTMLElement, plot: LinePlot, x: Axis): void {
  const line = area.createDiv({ cls: ['labpath-plot-cursor', 'labpath-hidden'] });
  const words = chart.createDiv({ cls: 'labpath-plot-words', attr: { role: 'status' } });
  const last = plot.places.length - 1;
  let current: number | null = null;
  const show = (at: number | null): void => {
    current = at;
    line.toggleClass('labpath-hidden', at === null);
    words.setText(at === null ? '' : placeWords(plot, at));
    if (at !== null) line.setCssProps({ '--labpath-at': x.place(plot.places[at] ?? 0).toFixed(4) });
  };
  area.addEventListener('pointermove', ({ clientX }) => {
    const { left, width } = area.getBoundingClientRect();
    const pointed = (clientX - left) / width;
    let nearest = 0;
    for (const [i, place] of plot.places.entries()) {
      const distance = Math.abs(x.place(place) - pointed);
      if (distance < Math.abs(x.place(plot.places[nearest] ?? 0) - pointed)) nearest = i;
    }
    show(nearest);
  });
  area.addEventListener('pointerleave', () => show(null));
  frame.addEventListener('blur', () => show(null));
  frame.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: (current ?? 1) - 1,
      ArrowRight: (current ?? -1) + 1,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    show(Math.min(Math.max(0, to), last));
  });
}

function drawBars(chart: HTMLElement, { over, places, series }: BarPlot): void {
  const { least, most } = extent(series.flatMap(({ values }) => values));
  const axis = makeAxis(Math.min(0, least), Math.max(0, most), 5);
  const zero = axis.place(0);
  const table = chart.createEl('table', { cls: 'labpath-plot-bars' });
  const head = table.createEl('thead', { cls: 'labpath-visually-hidden' }).createEl('tr');
  for (const title of [over, ...series.map(({ name }) => name)])
    head.createEl('th', { text: title, attr: { scope: 'col' } });
  const body = table.createEl('tbody');
  for (const [row, place] of places.entries()) {
    const line = body.createEl('tr');
    line.createEl('th', { text: place, attr: { scope: 'row' } });
    for (const [i, { values }] of series.entries()) {
      const value = values[row] ?? null;
      const end = value === null ? zero : axis.place(value);
      const cell = line.createEl('td', { cls: seriesClass(i) });
      cell.createDiv({ cls: 'labpath-plot-bar', attr: { 'aria-hidden': 'true' } }).setCssProps({
        '--labpath-from': Math.min(zero, end).toFixed(4),
        '--labpath-to': Math.max(zero, end).toFixed(4),
      });
      cell.createSpan({ text: valueWords(value) });
    }
  }
}

function seriesClass(index: number): string {
  return `labpath-series-${index}`;
}
