import { describe, expect, it } from 'vitest';
import { scanCells } from '../../src/cells/scan';
import {
  beginAttempt,
  firstFailingLayer,
  isComplete,
  isUnbuilt,
  nextHint,
  nextSolution,
  practisedFaults,
  usefulFaults,
  withChecks,
  withFault,
  withHint,
  withSolution,
  withStep,
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
const first = { turn: 0, isReview: false, practised: [] };
const begun = beginAttempt(1, first);

describe('an attempt', () => {
  it('is complete when every check was seen failing and then all pass', () => {
    expect(isComplete(see(begun, all), lab)).toBe(false);
    expect(isComplete(see(see(begun, none), all), lab)).toBe(true);
    expect(isComplete(see(see(see(begun, none), all), { high: false }), lab)).toBe(false);
  });

  it('is not complete while a check never failed; a review needs only one', () => {
    const one = (attempt: Attempt) => see(see(attempt, { ...all, low: false }), all);
    expect(isComplete(one(begun), lab)).toBe(false);
    expect(isComplete(one(beginAttempt(1, { ...first, isReview: true })), lab)).toBe(true);
  });

  it('is over with a fault once what it breaks failed and everything passes', () => {
    const broken = withFault(see(begun, all), 'f');
    expect(see(broken, all).fault).toBe('f');
    expect(see(see(broken, { ...all, low: false }), { low: true })).toMatchObject({
      fault: null,
      solved: ['f'],
    });
  });

  it('is not over with a fault for what was seen before it was put in', () => {
    const again = withFault(see(see(withFault(see(begun, all), 'f'), none), all), 'f');
    expect(see(again, { high: true }).fault).toBe('f');
    expect(see(again, all)).toMatchObject({ fault: 'f', solved: ['f'] });
    expect(see(see(again, { ...all, low: false }), all).fault).toBeNull();
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
    const shown = withHint(failed, 'soon', 'Look at the cable.');
    expect(nextHint(shown, lab, false)).toBeNull();
    expect(nextHint(shown, lab, true)?.id).toBe('late');
    expect(nextHint(see(shown, { low: false }), lab, false)?.id).toBe('late');
    expect(nextHint(see(begun, all), lab, true)).toBeNull();
  });

  it('has no hint while its faults are still to be met: the steps of the note come first', () => {
    const built = readLab(
      scanCells(
        ['step #s', 'check #low', 'fault #f breaks=low', 'hint #soon for=low'].map(fence).join('\n\n'),
      ),
    );
    const failed = withChecks(begun, built, [{ id: 'low', ok: false, said: '' }]);
    expect(isUnbuilt(failed, built)).toBe(true);
    expect(nextHint(failed, built, true)).toBeNull();
    expect(nextHint(withStep(failed, 's'), built, true)?.id).toBe('soon');
    const broken = withChecks(withFault(failed, 'f'), built, [{ id: 'low', ok: false, said: '' }]);
    expect(nextHint(broken, built, true)?.id).toBe('soon');
  });

  it('hints at the building of a lab that has no faults', () => {
    const only = readLab(scanCells(['step #s', 'check #low', 'hint #how for=low'].map(fence).join('\n\n')));
    expect(nextHint(withChecks(begun, only, [{ id: 'low', ok: false, said: '' }]), only, true)?.id).toBe(
      'how',
    );
  });

  it('puts the help away once everything passes', () => {
    const helped = withSolution(see(begun, none), 'f1', 'do it');
    expect(see(helped, { low: true }).help).toHaveLength(1);
    expect(see(helped, all)).toMatchObject({ help: [], solutions: ['f1'] });
  });

  it('does not take a check that ran by itself for a try of the learner', () => {
    const ticked = withChecks(begun, lab, [{ id: 'low', ok: false, said: '', byItself: true }]);
    expect(nextHint(ticked, lab, false)).toBeNull();
    expect(nextHint(see(ticked, { low: false }), lab, false)?.id).toBe('soon');
  });

  it('forgets the help for a fault when another one is put in, but not that there was help', () => {
    const helped = withSolution(withHint(withFault(see(begun, none), 'f'), 'soon', 'Look.'), 'f1', 'do it');
    const again = see(withFault(helped, 'f'), { low: false });
    expect(again.help).toEqual([]);
    expect(again).toMatchObject({ hints: ['soon'], solutions: ['f1'] });
    expect(nextHint(again, lab, true)?.id).toBe('soon');
  });

  it('reveals a solution step by step', () => {
    const broken = withFault(begun, 'f');
    expect(nextSolution(broken, lab)?.id).toBe('f1');
    const once = withSolution(broken, 'f1', 'one');
    expect(nextSolution(once, lab)?.id).toBe('f2');
    expect(nextSolution(withSolution(once, 'f2', 'two'), lab)).toBeNull();
  });

  it('breaks next what was not seen failing yet', () => {
    const ids = (attempt: Attempt, ...layer: ('app' | 'link')[]) =>
      usefulFaults(attempt, lab, layer[0] ?? null).map(({ id }) => id);
    expect(ids(begun)).toEqual(['f', 'g']);
    expect(ids({ ...begun, counted: ['low'] })).toEqual(['g']);
    expect(ids(begun, 'link')).toEqual(['f']);
    expect(ids({ ...begun, solved: ['f', 'g'], counted: ['low', 'high'] })).toEqual(['f', 'g']);
  });

  it('comes back with another fault, until all had their turn', () => {
    const practised = (attempt: Attempt) => practisedFaults(attempt, lab);
    const review = beginAttempt(1, { turn: 1, isReview: true, practised: ['f'] });
    expect(usefulFaults(review, lab).map(({ id }) => id)).toEqual(['g']);
    expect(practised({ ...begun, solved: ['f'] })).toEqual(['f']);
    expect(practised({ ...review, solved: ['g'] })).toEqual(['g']);
  });
});

describe('a completed lab', () => {
  const help = (hints: number, solutions: number, isEarly = false) => ({ hints, solutions, isEarly });

  it('comes back later the less help it took', () => {
    const before = firstReview({ review_interval: '30 days', confidence: 'medium' });
    expect(nextReview(before, help(0, 0))).toEqual({ confidence: 'high', days: 60 });
    expect(nextReview(before, help(2, 0))).toEqual(before);
    expect(nextReview(before, help(0, 1))).toEqual({ confidence: 'low', days: 15 });
  });

  it('is not put off by practising it before it is due, but comes sooner when it was forgotten', () => {
    const before = firstReview({ review_interval: 30 });
    expect(nextReview(before, help(0, 0, true))).toEqual(before);
    expect(nextReview(before, help(0, 1, true)).days).toBe(15);
  });

  it('stays within a day and a year', () => {
    expect(nextReview({ confidence: 'high', days: 300 }, help(0, 0)).days).toBe(365);
    expect(nextReview({ confidence: 'low', days: 1 }, help(0, 1))).toEqual({
      confidence: 'low',
      days: 1,
    });
    expect(firstReview({})).toEqual({ confidence: 'medium', days: 30 });
  });
});
