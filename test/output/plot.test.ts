import { describe, expect, it } from 'vitest';
import { readColumns } from '../../src/output/columns';
import { plotOf, type Plot, type PlotWishes } from '../../src/output/plot';
import { placeWords, plotWords } from '../../src/output/plotWords';

const plot = (text: string, wishes: Partial<PlotWishes> = {}): Plot => {
  const made = plotOf(text, { x: null, y: [], ...wishes });
  if ('what' in made) throw new Error(`${made.what} ${made.why}`);
  return made;
};

const whyNot = (text: string, wishes: Partial<PlotWishes> = {}): string => {
  const made = plotOf(text, { x: null, y: [], ...wishes });
  return 'what' in made ? made.why : '';
};

const lines = (made: Plot) => made.series.map(({ name, values }) => [name, ...values]);

describe('columns of text', () => {
  it('are separated by blanks, tabs, semicolons or commas, whichever the rows show', () => {
    expect(readColumns('t  mbit\n0  3.1\n1  92\n')).toEqual({
      columns: ['t', 'mbit'],
      rows: [
        ['0', '3.1'],
        ['1', '92'],
      ],
      otherLines: 0,
    });
    expect(readColumns('kind\tMiB\nanon pages\t12')?.rows).toEqual([['anon pages', '12']]);
    expect(readColumns('t;a\n1;2')?.rows).toEqual([['1', '2']]);
    expect(readColumns('name,value\n"a, ""b""",3\nplain, 4')?.rows).toEqual([
      ['a, "b"', '3'],
      ['plain', '4'],
    ]);
    expect(readColumns('t,a,b\n1,,3\n2,5,')?.rows).toEqual([
      ['1', '', '3'],
      ['2', '5', ''],
    ]);
  });

  it('are named by the line above them, with or without #, else by their place', () => {
    expect(readColumns('# t mbit\n0 1')?.columns).toEqual(['t', 'mbit']);
    expect(readColumns('# made by hand\n0 1')?.columns).toEqual(['1', '2']);
    expect(readColumns('0 1\n1 2')?.columns).toEqual(['1', '2']);
  });

  it('leave out and count the lines that are no rows, but not comments', () => {
    const read = readColumns(
      'Connecting to host 10.0.0.2, port 5201\n# a remark\n\nt mbit\n0 3\n1 4\n\niperf Done.',
    );
    expect(read).toMatchObject({
      columns: ['t', 'mbit'],
      rows: [
        ['0', '3'],
        ['1', '4'],
      ],
      otherLines: 2,
    });
  });

  it('are none where nothing is a number: an address and a version are not', () => {
    expect(readColumns('nothing here\n10.0.0.1 up')).toBeNull();
    expect(readColumns('')).toBeNull();
  });
});

describe('a plot', () => {
  it('draws the other columns over the first one', () => {
    const made = plot('t cubic bbr\n0 3 5\n1 4 90.5\n2 5 91');
    expect(made).toMatchObject({ kind: 'line', over: 't', places: [0, 1, 2], leftOut: '' });
    expect(lines(made)).toEqual([
      ['cubic', 3, 4, 5],
      ['bbr', 5, 90.5, 91],
    ]);
  });

  it('draws a single column, or `x=row`, over the number of the row', () => {
    expect(plot('ms\n3\n4')).toMatchObject({ over: 'row', places: [1, 2] });
    const made = plot('us sy id\n1 2 97\n3 4 93', { x: 'row', y: ['us', 'sy'] });
    expect(made.places).toEqual([1, 2]);
    expect(lines(made)).toEqual([
      ['us', 1, 3],
      ['sy', 2, 4],
    ]);
  });

  it('draws columns of JSON, of a list or one object a line, chosen by name', () => {
    const text = '{"intervals":[{"sum":{"start":0,"bits":8}},{"sum":{"start":1,"bits":9}}]}';
    const made = plot(text, { x: 'sum.start', y: ['sum.bits'] });
    expect([made.places, lines(made)]).toEqual([[0, 1], [['sum.bits', 8, 9]]]);
    expect(lines(plot('{"t":0,"a":1}\n{"t":1,"a":null}'))).toEqual([['a', 1, null]]);
  });

  it('leaves a hole where a value is missing', () => {
    expect(lines(plot('t,a\n0,1\n1,-\n2,3'))).toEqual([['a', 1, null, 3]]);
  });

  it('counts the seconds of times: clocks over midnight, dates, seconds and milliseconds since 1970', () => {
    expect(plot('23:59:58 1\n23:59:59.5 2\n00:00:01 3')).toMatchObject({
      over: '1, seconds since 23:59:58',
      places: [0, 1.5, 3],
    });
    expect(plot('at,a\n2026-11-28T06:00:00+01:00,1\n2026-11-28T06:01:30+01:00,2')).toMatchObject({
      over: 'at, seconds since 2026-11-28 05:00:00 UTC',
      places: [0, 90],
    });
    expect(plot('at,a\n2026-11-28 06:00:00,1\n2026-11-28 06:00:01,2')).toMatchObject({
      over: 'at, seconds since 2026-11-28 06:00:00 UTC',
    });
    expect(plot('t a\n1795845600.25 1\n1795845601.75 2')).toMatchObject({
      over: 't, seconds since 2026-11-28 06:00:00 UTC',
      places: [0, 1.5],
    });
    expect(plot('t a\n1795845600000 1\n1795845600500 2').places).toEqual([0, 0.5]);
  });

  it('draws bars where the first column holds words', () => {
    const made = plot('kind MiB\nanon 12\nfile 40\nshmem 3');
    expect(made).toMatchObject({ kind: 'bar', over: 'kind', places: ['anon', 'file', 'shmem'] });
    expect(plotWords(made)).toBe('Bar chart over kind: anon 12; file 40; shmem 3.');
    expect(plotWords(plot('kind before after\nanon 12 90'))).toBe(
      'Bar chart over kind: anon before 12, after 90.',
    );
  });

  it('is bounded, and says what it leaves out', () => {
    const names = Array.from({ length: 12 }, (_, i) => `c${i}`);
    const wide = plot(`t ${names.join(' ')}\n0 ${names.map((_, i) => i).join(' ')}\nthe end`);
    expect(wide.series).toHaveLength(8);
    expect(wide.leftOut).toBe('4 more columns, 1 other line');
    const long = plot(Array.from({ length: 1040 }, (_, i) => `word${i} ${i}`).join('\n'));
    expect([long.places.length, long.leftOut]).toEqual([40, '1,000 more rows']);
  });

  it('says why there is none', () => {
    expect(whyNot('no numbers')).toBe('No line of the output holds a number.');
    expect(whyNot('t a\n1 2', { y: ['b'] })).toBe('It has no column `b`. Its columns are t, a.');
    expect(whyNot('t,what\n0,up\n1,down')).toMatch(/no column of numbers besides/);
  });

  it('is told in words, whole and place by place', () => {
    const made = plot('t mbit retr\n0 3.25 0\n1 92000000 7\n2 - 8');
    expect(plotWords(made)).toBe(
      'Line chart over t, 3 points: mbit from 3.25 to 92M, at last 92M; retr from 0 to 8, at last 8.',
    );
    expect(placeWords(made, 2)).toBe('t 2 · mbit – · retr 8');
  });
});
