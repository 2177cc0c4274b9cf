import { describeProblem, type Problem } from '../../base/problem';
import type { RunEntry } from '../../runs/store';

/** More than anybody reads. */
const MOST_ENTRIES = 100;

/** What was reported since the app started: in memory only, the oldest entries are dropped. */
export class Journal {
  private readonly kept: string[] = [];

  constructor(
    /** ISO 8601. */
    private readonly now: () => string,
  ) {}

  get entries(): readonly string[] {
    return this.kept;
  }

  add(shown: Problem): void {
    this.kept.push(`${this.now()} ${describeProblem(shown)}`);
    if (this.kept.length > MOST_ENTRIES) this.kept.shift();
  }
}

/** What went wrong in the cells' last runs, oldest first: how they ended and why, never what they printed. */
export function runTroubles(runs: readonly RunEntry[]): string[] {
  return runs
    .flatMap(({ snapshot }) => {
      if (snapshot?.problem == null) return [];
      const { status, exitStatus, startedAt, problem } = snapshot;
      const when = startedAt === null ? '(not started)' : new Date(startedAt).toISOString();
      const exit = exitStatus === null ? '' : `, exit status ${exitStatus}`;
      return [`${when} A cell: ${status}${exit}. ${describeProblem(problem)}`];
    })
    .sort()
    .slice(-MOST_ENTRIES);
}
