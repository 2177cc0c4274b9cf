import { intervalDays } from '../path/interval';
import type { Confidence } from '../path/progressRecord';

/** How sure a learner is of a lab, and after how many days it comes back. */
export interface Review {
  readonly confidence: Confidence;
  readonly days: number;
}

const STEPS: readonly Confidence[] = ['low', 'medium', 'high'];
/** In days. Beyond a year nobody knows what the machine will look like. */
const LONGEST = 365;
const FIRST: Review = { confidence: 'medium', days: 30 };

/** Where a lab stands before its first completion: what its author wrote, else a month. */
export function firstReview(frontmatter: Readonly<Record<string, unknown>>): Review {
  const days = intervalDays(frontmatter['review_interval']) ?? FIRST.days;
  const confidence = STEPS.find((step) => step === frontmatter['confidence']);
  return {
    confidence: confidence ?? FIRST.confidence,
    days: Math.min(days, LONGEST),
  };
}

/**
 * After a lab was completed: without help it comes back after twice the time, with hints after the same time, and after
 * half of it when a solution was looked at. Practising before it is due shows only what was forgotten, not what lasts.
 */
export function nextReview(
  before: Review,
  help: { readonly hints: number; readonly solutions: number; readonly isEarly: boolean },
): Review {
  if (help.solutions > 0)
    return { confidence: step(before.confidence, -1), days: Math.max(1, Math.floor(before.days / 2)) };
  if (help.hints > 0 || help.isEarly) return before;
  return { confidence: step(before.confidence, 1), days: Math.min(LONGEST, before.days * 2) };
}

function step(confidence: Confidence, by: number): Confidence {
  const at = Math.min(STEPS.length - 1, Math.max(0, STEPS.indexOf(confidence) + by));
  return STEPS[at] ?? confidence;
}
