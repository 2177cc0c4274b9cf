/** The lines of a plot as SVG paths: thinned out to what can be seen, interrupted where values are missing. */

/** The box that paths are drawn in; the chart stretches it. */
export const PLOT_BOX = 1000;

/** Points of one line that are drawn; more lie closer together than pixels. */
const MOST_POINTS = 1200;

/** Both from 0 to 1, `y` upwards; null where the line is interrupted. */
export type PlotPoint = { readonly x: number; readonly y: number } | null;

/**
 * Of many points the lowest and the highest of each stretch, in their order: a thinned line reaches as far up and down
 * as the whole one.
 */
export function thinned(points: readonly PlotPoint[]): readonly PlotPoint[] {
  if (points.length <= MOST_POINTS) return points;
  const stretch = Math.ceil(points.length / (MOST_POINTS / 2));
  const kept: PlotPoint[] = [];
  for (let from = 0; from < points.length; from += stretch) {
    const part = points.slice(from, from + stretch);
    let low = -1;
    let high = -1;
    for (const [i, point] of part.entries()) {
      if (!point) continue;
      if (low === -1 || point.y < (part[low]?.y ?? 0)) low = i;
      if (high === -1 || point.y > (part[high]?.y ?? 0)) high = i;
    }
    if (low === -1) kept.push(null);
    else for (const i of [...new Set([low, high])].sort((a, b) => a - b)) kept.push(part[i] ?? null);
  }
  return kept;
}

/** `M0,1000L500,0`. A point alone becomes a line of no length, which round line ends make a dot. */
export function linePath(points: readonly PlotPoint[]): string {
  let path = '';
  let before: PlotPoint = null;
  for (const [i, point] of points.entries()) {
    if (point) {
      const place = `${scaled(point.x)},${scaled(1 - point.y)}`;
      path += `${before ? 'L' : 'M'}${place}`;
      if (!before && !points[i + 1]) path += `L${place}`;
    }
    before = point;
  }
  return path;
}

function scaled(share: number): number {
  return Math.round(share * PLOT_BOX * 10) / 10;
}
