import { visible } from './visible';

/** What went wrong, as a value a user can read: what happened, why, and what to do next. */
export interface Problem {
  /** What happened, as a full sentence. */
  readonly what: string;
  /** Why, as a full sentence; empty when there is nothing to add. */
  readonly why: string;
  /** What the user can do now, as a full sentence; empty when there is nothing to do. */
  readonly next: string;
}

export function problem(what: string, why = '', next = ''): Problem {
  return { what, why, next };
}

/** The problem as text for terminals, notices and logs. What a far side said in it can do no harm there. */
export function describeProblem({ what, why, next }: Problem): string {
  return visible([what, why, next].filter((sentence) => sentence !== '').join(' '));
}

/** A problem on its way to the place that shows it. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(describeProblem(problem), options);
    this.name = 'ProblemError';
  }
}

/** Any thrown value as a problem; `what` is the sentence used when the value brings none of its own. */
export function asProblem(error: unknown, what: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  const why = error instanceof Error ? error.message : String(error);
  return problem(what, why);
}
