import type { Attempt } from '../../labs/attempt';
import { firstReview, nextReview } from '../../labs/review';
import type { NoteFacts } from '../../path/noteFacts';
import { dueOn } from '../../path/state';
import type { LearnedBook } from '../path/learnedBook';

export interface LabProgressParts {
  readonly learned: LearnedBook;
  readonly factsOf: (note: string) => NoteFacts | null;
  /** ISO 8601. */
  readonly now: () => string;
}

/** What a lab's attempts mean for the learner's book, and with it for the path, the chips and the header. */
export class LabProgress {
  constructor(private readonly parts: LabProgressParts) {}

  /** How many attempts there were, and whether this one is a review of a completed lab. */
  nextAttempt(note: string): { turn: number; isReview: boolean } {
    const record = this.recordOf(note);
    return { turn: record?.attempts ?? 0, isReview: record?.state === 'completed' };
  }

  /** The day from which on the completed lab is due again, or null. */
  dueOn(note: string): string | null {
    const facts = this.parts.factsOf(note);
    const record = this.recordOf(note);
    return facts && record ? dueOn(facts, record) : null;
  }

  /** A completed lab stays completed while it is practised again. */
  async began(note: string): Promise<void> {
    const facts = this.parts.factsOf(note);
    if (facts === null) return;
    const before = this.recordOf(note);
    const attempts = (before?.attempts ?? 0) + 1;
    const state = before?.state === 'completed' ? before.state : 'in-progress';
    const when = state === before?.state ? before.when : this.parts.now();
    await this.parts.learned.record(facts, { ...before, state, when, attempts });
  }

  async completed(note: string, { startedAt, completedAt, hints, solutions }: Attempt): Promise<void> {
    const facts = this.parts.factsOf(note);
    if (facts === null) return;
    const before = this.recordOf(note);
    const first = firstReview(facts.frontmatter);
    const reviewed = {
      confidence: before?.confidence ?? first.confidence,
      days: before?.reviewDays ?? first.days,
    };
    const { confidence, days } = nextReview(reviewed, { hints: hints.length, solutions: solutions.length });
    await this.parts.learned.record(facts, {
      ...before,
      state: 'completed',
      by: 'checks',
      when: this.parts.now(),
      hints: hints.length,
      minutes: Math.max(1, Math.round(((completedAt ?? startedAt) - startedAt) / 60_000)),
      confidence,
      reviewDays: days,
    });
  }

  private recordOf(note: string) {
    const facts = this.parts.factsOf(note);
    return facts === null ? null : this.parts.learned.of(facts);
  }
}
