import type { Cell } from '../../cells/cell';

/** The ways in which a lab can be untrue. */
export type LieKind =
  | 'lint'
  | 'machine'
  | 'setup-fails'
  | 'setup-not-idempotent'
  | 'step-fails'
  | 'baseline'
  | 'never-fails'
  | 'flaky'
  | 'says-nothing'
  | 'passes-without-tool'
  | 'expectation'
  | 'fault-fails'
  | 'does-not-break'
  | 'breaks-more'
  | 'hint-fails'
  | 'hint-tells'
  | 'solution-fails'
  | 'does-not-mend'
  | 'cleanup-fails'
  | 'leak';

/** What each kind is called in a report. */
export const LIE_TITLES: Readonly<Record<LieKind, string>> = {
  lint: 'The lab is not written right',
  machine: 'The machine was lost',
  'setup-fails': 'The setup fails',
  'setup-not-idempotent': 'The setup cannot be run twice',
  'step-fails': 'A step does not end as expected',
  baseline: 'A check fails though nothing is broken',
  'never-fails': 'A check never fails',
  flaky: 'A check is flaky',
  'says-nothing': 'A check does not say what it saw',
  'passes-without-tool': 'A check passes because its tool is missing',
  expectation: 'An expected output no longer holds',
  'fault-fails': 'A fault cannot be put in',
  'does-not-break': 'A fault does not break what it claims',
  'breaks-more': 'A fault breaks more than it claims',
  'hint-fails': 'A hint does not work',
  'hint-tells': 'A hint gives the solution away',
  'solution-fails': 'A solution does not end as expected',
  'does-not-mend': 'A solution does not mend',
  'cleanup-fails': 'The cleanup fails',
  leak: 'Something is left behind',
};

/** One thing that the note says and the machine does not. */
export interface Lie {
  readonly kind: LieKind;
  /** The cell to blame, or null when the whole note is. */
  readonly cell: string | null;
  /** 1-based line of its fence; 1 for the whole note. */
  readonly line: number;
  /** Id of the check whose verdict was another one, where a fault or a solution is to blame. */
  readonly check: string | null;
  /** What the note claims, as a full sentence. */
  readonly claimed: string;
  /** What was seen instead, as a full sentence or as lines of output. */
  readonly seen: string;
}

export function lie(kind: LieKind, cell: Cell | null, claimed: string, seen: string): Lie {
  return { kind, cell: cell?.id ?? null, line: cell?.line ?? 1, check: null, claimed, seen };
}
