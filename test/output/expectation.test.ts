import { describe, expect, it } from 'vitest';
import { compareOutput, type ExpectedOutput } from '../../src/output/expectation';

const compare = (text: string, output: string, change: Partial<ExpectedOutput> = {}) =>
  compareOutput({ text, match: 'contains', masks: [], ...change }, output);

describe('an expected output', () => {
  it('is contained where its lines stand in that order, with others between', () => {
    expect(compare('b\nd', 'a\nabc\nc\nd e\n')).toBeNull();
    expect(compare('d\nb', 'a\nb\nc\nd\n')).toEqual({ wanted: 'b', found: null });
    expect(compare('b\nx', 'a\nb\nc\n')).toEqual({ wanted: 'x', found: 'c' });
  });

  it('as lines is the whole output, blanks at line ends apart', () => {
    expect(compare('a\nb', 'a  \nb\n\n', { match: 'lines' })).toBeNull();
    expect(compare('a\nb', 'a\nb\nc', { match: 'lines' })).toEqual({ wanted: null, found: 'c' });
    expect(compare('a\nb', 'a', { match: 'lines' })).toEqual({ wanted: 'b', found: null });
    expect(compare('a', ' a', { match: 'lines' })).toEqual({ wanted: 'a', found: ' a' });
  });

  it('as patterns matches line by line; a broken pattern matches nothing', () => {
    expect(compare('eth0@if\\d+ +UP\n^end$', 'x eth0@if12   UP y\nend', { match: 'regex' })).toBeNull();
    expect(compare('a(', 'a(', { match: 'regex' })).toEqual({ wanted: 'a(', found: 'a(' });
  });

  it.each([
    ['mac', 'link 9e:6a:2f:0c:41:d7 up', 'link 42:b1:97:e3:58:0a up'],
    ['pid', 'process 4711', 'process 12'],
    ['time', 'took 1.5 ms at 12:30:01', 'took 22 ms at 09:00:59'],
    ['address', 'from 10.0.0.1 and fe80::1', 'from 192.168.1.77 and 2001:db8::5'],
    ['number', 'sent 10, lost 0.5', 'sent 7, lost 12'],
  ] as const)('leaves out what a mask of %s covers, and nothing else', (mask, text, output) => {
    expect(compare(text, output, { match: 'lines' })).not.toBeNull();
    expect(compare(text, output, { match: 'lines', masks: [mask] })).toBeNull();
    expect(compare(text, `${output} x`, { match: 'lines', masks: [mask] })).not.toBeNull();
  });
});
