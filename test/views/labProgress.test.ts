import { describe, expect, it } from 'vitest';
import type { NoteFacts } from '../../src/path/noteFacts';
import type { ProgressRecord } from '../../src/path/progressRecord';
import { firstTurn } from '../../src/views/lab/firstTurn';
import { LabProgress } from '../../src/views/lab/labProgress';
import type { LearnedBook } from '../../src/views/path/learnedBook';

/** Storage of one vault on one device. */
function device() {
  const kept = new Map<string, unknown>();
  return {
    loadLocalStorage: (key: string): unknown => kept.get(key) ?? null,
    saveLocalStorage: (key: string, value: unknown) => void kept.set(key, value),
  };
}

describe('the values of a lab', () => {
  it('begin elsewhere on each device, and stay there', () => {
    const one = device();
    expect(firstTurn(one, () => 0.5)).toBe(500);
    expect(firstTurn(one, () => 0.9)).toBe(500);
    expect(firstTurn(device(), () => 0.9)).toBe(900);
  });

  it('are other ones with each attempt', () => {
    const attempts = (count: number): ProgressRecord => ({
      state: 'in-progress',
      when: '2026-01-01T00:00:00Z',
      attempts: count,
    });
    const turns = [null, attempts(1), attempts(2)].map((record) => {
      const learned = { of: () => record } as unknown as LearnedBook;
      const facts = {} as NoteFacts;
      const progress = new LabProgress({ learned, factsOf: () => facts, now: () => '', firstTurn: () => 7 });
      return progress.nextAttempt('Lab.md').turn;
    });
    expect(turns).toEqual([7, 8, 9]);
  });
});
