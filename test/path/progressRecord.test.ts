import { describe, expect, it } from 'vitest';
import { readBook } from '../../src/path/progressRecord';

describe('the learner’s book', () => {
  it('keeps what checks and the user wrote into it', () => {
    const record = {
      state: 'completed',
      when: '2026-01-01T00:00:00Z',
      by: 'checks',
      attempts: 2,
      hints: 1,
      minutes: 12.5,
    };
    expect(readBook({ a: record })).toEqual({ a: record });
  });

  it('drops numbers that count nothing, and records without a known state', () => {
    const stored = {
      a: { state: 'skipped', attempts: -1, hints: 'two', minutes: Infinity, by: 'magic', more: 1 },
      b: { state: 'done' },
      c: null,
      d: [],
    };
    expect(readBook(stored)).toEqual({ a: { state: 'skipped', when: '' } });
    expect(readBook('x')).toEqual({});
  });
});
