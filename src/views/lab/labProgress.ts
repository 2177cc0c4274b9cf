import { practisedFaults, type Attempt, type Beginning } from '../../labs/attempt';
import type { Lab } from '../../labs/lab';
import { firstReview, nextReview } from '../../labs/review';
import type { NoteFacts } from '../../path/noteFacts';
import { dueOn } from '../../path/state';
import type { LearnedBook } from '../path/learnedBook';

export interface LabProgressParts {
  readonly learned: LearnedBook;
  readonly factsOf: (note: string) => NoteFacts | null;
  /** ISO 8601. */
  readonly now: () => string;
  /** The turn of a first attempt on this device; see `chooseValues`. */
  readonly firstTurn: () => number;
}

/** ISO 8601 dates. */
export interface Completion {
  readonly on: string;
  readonly due: string | null;
  readonly isDue: boolean;
}

/** What a lab's attempts mean for the learner's book, and with it for the path, the chips and the header. */
export class LabProgress {
  constructor(private readonly parts: LabProgressParts) {}

  /** Which values are its turn, whether this one is a review of a completed lab, and what was practised before. */
  nextAttempt(note: string): Beginning {
    const record = this.recordOf(note);
    return {
      turn: this.parts.firstTurn() + (record?.attempts ?? 0),
      isReview: record?.state === 'completed',
      practised: record?.faults ?? [],
    };
  }

  /** When the lab was completed and from which day on it is due again (null: never); null when it is not completed. */
  completion(note: string): Completion | null {
    const facts = this.parts.factsOf(note);
    const record = this.recordOf(note);
    if (facts === null || record?.state !== 'completed') return null;
    const due = dueOn(facts, record);
    return { on: record.when.slice(0, 10), due, isDue: due !== null && due <= this.parts.now().slice(0, 10) };
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

  async completed(note: string, lab: Lab, attempt: Attempt): Promise<void> {
    const { startedAt, completedAt, hints, solutions } = attempt;
    const facts = this.parts.factsOf(note);
    if (facts === null) return;
    const before = this.recordOf(note);
    const first = firstReview(facts.frontmatter);
    const reviewed = {
      confidence: before?.confidence ?? first.confidence,
      days: before?.reviewDays ?? first.days,
    };
    const { confidence, days } = nextReview(reviewed, {
      hints: hints.length,
      solutions: solutions.length,
      isEarly: this.completion(note)?.isDue === false,
    });
    await this.parts.learned.record(facts, {
      ...before,
      state: 'completed',
      by: 'checks',
      when: this.parts.now(),
      hints: hints.length,
      minutes: Math.max(1, Math.round(((completedAt ?? startedAt) - startedAt) / 60_000)),
      confidence,
      reviewDays: days,
      faults: practisedFaults(attempt, lab),
    });
  }

  private recordOf(note: string) {
    const facts = this.parts.factsOf(note);
    return facts === null ? null : this.parts.learned.of(facts);
  }
}
