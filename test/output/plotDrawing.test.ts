import { describe, expect, it } from 'vitest';
import { heightAxis, makeAxis, writeValue } from '../../src/output/plotAxis';
import { linePath, thinned, type PlotPoint } from '../../src/output/plotLines';

const labels = (axis: ReturnType<typeof makeAxis>) => axis.ticks.map(({ label }) => label);

describe('an axis of a plot', () => {
  it('has round numbers at even steps, in one unit', () => {
    expect(labels(heightAxis(3, 94, 5))).toEqual(['0', '20', '40', '60', '80', '100']);
    expect(labels(heightAxis(0, 94e6, 5))).toEqual(['0', '20M', '40M', '60M', '80M', '100M']);
    expect(labels(heightAxis(0, 0.4, 4))).toEqual(['0', '0.1', '0.2', '0.3', '0.4']);
    expect(labels(makeAxis(0, 9, 5))).toEqual(['0', '2', '4', '6', '8']);
  });

  it('of heights begins at zero, unless all values lie close together', () => {
    expect(heightAxis(50, 100, 5).place(0)).toBe(0);
    expect(heightAxis(1000, 1010, 5).place(1000)).toBe(0);
    expect(heightAxis(-5, 5, 5).place(0)).toBe(0.5);
  });

  it('has a length where all values are the same', () => {
    for (const value of [0, 7, -7]) {
      const axis = heightAxis(value, value, 4);
      expect(axis.ticks.length).toBeGreaterThan(1);
      expect(axis.place(value)).toBeGreaterThanOrEqual(0);
      expect(axis.place(value)).toBeLessThanOrEqual(1);
    }
    expect(makeAxis(3, 3, 4).place(3)).toBe(0);
  });

  it('writes single values with at most four digits', () => {
    expect([0, 7, 92.125, 1500, 9999, 12_345_678, 0.0001236].map(writeValue)).toEqual([
      '0',
      '7',
      '92.13',
      '1,500',
      '9,999',
      '12.35M',
      '123.6µ',
    ]);
  });
});

describe('a line of a plot', () => {
  const at = (x: number, y: number): PlotPoint => ({ x, y });

  it('is a path from point to point, with a break where a value is missing and a dot for a point alone', () => {
    expect(linePath([at(0, 0), at(0.5, 1), null, at(1, 0.25)])).toBe('M0,1000L500,0M1000,750L1000,750');
  });

  it('is thinned to what can be seen, and keeps its peaks', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => at(i / 100_000, i === 77_777 ? 1 : (i % 7) / 100));
    const few = thinned(many);
    expect(few.length).toBeLessThanOrEqual(1200);
    expect(Math.max(...few.map((point) => point?.y ?? 0))).toBe(1);
    expect(few.every((point, i) => i === 0 || (point?.x ?? 0) > (few[i - 1]?.x ?? 0))).toBe(true);
    expect(thinned(few)).toBe(few);
  });

  it('keeps long holes when it is thinned', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      i > 4000 && i < 6000 ? null : at(i / 10_000, 0.5),
    );
    expect(linePath(thinned(many)).match(/M/g)).toHaveLength(2);
  });
});
