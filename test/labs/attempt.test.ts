import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import {
  beginAttempt,
  firstFailingLayer,
  isComplete,
  nextHint,
  nextSolution,
  usefulFaults,
  withChecks,
  withFault,
  type Attempt,
} from '../../src/labs/attempt';
import { readLab } from '../../src/labs/lab';
import { firstReview, nextReview } from '../../src/labs/review';

const fence = (info: string) => `\`\`\`bash {${info}}\necho x\n\`\`\``;
const lab = readLab(
  scanCells(
    [
      ...['check #low layer=link', 'check #high layer=app', 'check #once mode=edge layer=app'],
      ...[
        'fault #f breaks=low',
        'fault #g breaks=high layer=app',
        'solution #f1 for=f',
        'solution #f2 for=f',
      ],
      ...['hint #soon for=low', 'hint #late for=low after=2'],
    ]
      .map(fence)
      .join('\n\n'),
  ),
);
const see = (attempt: Attempt, results: Record<string, boolean>) =>
  withChecks(
    attempt,
    lab,
    Object.entries(results).map(([id, ok]) => ({ id, ok, said: id })),
  );
const all = { low: true, high: true, once: true };
const none = { low: false, high: false, once: false };
const begun = beginAttempt(1, 0, false);

describe('an attempt', () => {
  it('is complete when every check was seen failing and then all pass', () => {
    expect(isComplete(see(begun, all), lab)).toBe(false);
    expect(isComplete(see(see(begun, none), all), lab)).toBe(true);
    expect(isComplete(see(see(see(begun, none), all), { high: false }), lab)).toBe(false);
  });

  it('is not complete while a check never failed; a review needs only one', () => {
    const one = (attempt: Attempt) => see(see(attempt, { ...all, low: false }), all);
    expect(isComplete(one(begun), lab)).toBe(false);
    expect(isComplete(one(beginAttempt(1, 1, true)), lab)).toBe(true);
  });

  it('is over with a fault once what it breaks failed and everything passes', () => {
    const broken = withFault(see(begun, all), 'f');
    expect(see(broken, all).fault).toBe('f');
    expect(see(see(broken, { low: false }), { low: true })).toMatchObject({ fault: null, solved: ['f'] });
  });

  it('keeps an edge check that has happened, but not a level check', () => {
    const happened = see(see(begun, none), all);
    const later = see(happened, none).checks;
    expect(later['once']?.verdict).toBe('pass');
    expect(later['low']?.verdict).toBe('fail');
  });

  it('names the layer nearest to the cause', () => {
    expect(firstFailingLayer(see(begun, { ...all, high: false }), lab)).toBe('app');
    expect(firstFailingLayer(see(begun, none), lab)).toBe('link');
    expect(firstFailingLayer(see(begun, all), lab)).toBeUndefined();
  });

  it('offers a hint after as many failures as it says, or at once when asked', () => {
    const failed = see(begun, { low: false });
    expect(nextHint(failed, lab, false)?.id).toBe('soon');
    const shown = { ...failed, hints: ['soon'] };
    expect(nextHint(shown, lab, false)).toBeNull();
    expect(nextHint(shown, lab, true)?.id).toBe('late');
    expect(nextHint(see(shown, { low: false }), lab, false)?.id).toBe('late');
    expect(nextHint(see(begun, all), lab, true)).toBeNull();
  });

  it('reveals a solution step by step', () => {
    const broken = withFault(begun, 'f');
    expect(nextSolution(broken, lab)?.id).toBe('f1');
    expect(nextSolution({ ...broken, solutions: ['f1'] }, lab)?.id).toBe('f2');
    expect(nextSolution({ ...broken, solutions: ['f1', 'f2'] }, lab)).toBeNull();
  });

  it('breaks next what was not seen failing yet', () => {
    const ids = (attempt: Attempt, ...layer: ('app' | 'link')[]) =>
      usefulFaults(attempt, lab, layer[0] ?? null).map(({ id }) => id);
    expect(ids(begun)).toEqual(['f', 'g']);
    expect(ids({ ...begun, counted: ['low'] })).toEqual(['g']);
    expect(ids(begun, 'link')).toEqual(['f']);
    expect(ids({ ...begun, solved: ['f', 'g'], counted: ['low', 'high'] })).toEqual(['f', 'g']);
  });
});

describe('a completed lab', () => {
  it('comes back later the less help it took', () => {
    const before = firstReview({ review_interval: 30, confidence: 'medium' });
    expect(nextReview(before, { hints: 0, solutions: 0 })).toEqual({ confidence: 'high', days: 60 });
    expect(nextReview(before, { hints: 2, solutions: 0 })).toEqual(before);
    expect(nextReview(before, { hints: 0, solutions: 1 })).toEqual({ confidence: 'low', days: 15 });
  });

  it('stays within a day and a year', () => {
    expect(nextReview({ confidence: 'high', days: 300 }, { hints: 0, solutions: 0 }).days).toBe(365);
    expect(nextReview({ confidence: 'low', days: 1 }, { hints: 0, solutions: 1 })).toEqual({
      confidence: 'low',
      days: 1,
    });
    expect(firstReview({})).toEqual({ confidence: 'medium', days: 30 });
  });
});
