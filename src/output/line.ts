import type { Style } from './style';

/** Where output came from; `terminal` is stdout and stderr in the order they were written. */
export type OutputStream = 'terminal' | 'stdout' | 'stderr';

/** A piece of a line in one style. `null` is the default style. */
export interface Span {
  readonly text: string;
  readonly style: Style | null;
}

export interface Line {
  readonly spans: readonly Span[];
  readonly stream: OutputStream;
  /** Characters of an overlong line that were not kept. */
  readonly omitted: number;
}
