/** A mistake in the writing of a lab, as its author reads it. */
export interface LintFinding {
  readonly rule: LintRule;
  /** An error would keep the lab from working or from being proved; a warning is worth a second look. */
  readonly severity: 'error' | 'warning';
  /** 1-based line of the fence; 1 for what concerns the whole note. */
  readonly line: number;
  /** Id of the cell, or null for what concerns the whole note. */
  readonly cell: string | null;
  /** A full sentence. */
  readonly message: string;
}

export type LintRule =
  | 'syntax'
  | 'attributes'
  | 'unknown-role'
  | 'not-runnable'
  | 'missing-check'
  | 'unknown-reference'
  | 'fault-breaks-nothing'
  | 'fault-without-solution'
  | 'solution-for-nothing'
  | 'hint-tells'
  | 'silent-check'
  | 'check-never-broken'
  | 'cleanup-missing'
  | 'setup-missing'
  | 'expectation'
  | 'frontmatter';
