import { shellQuote } from '../base/quote';
import type { Cell } from './cell';

/** Roles that run in the learner's live session. */
const LIVE = new Set([null, 'step', 'observe']);

/**
 * A cell's source with its note's `lab_vars` in the environment. On the first line, so that bash's line numbers are those
 * of the fence; names have been checked to be names bash takes.
 */
export function withEnvironment(
  cell: Cell,
  source: string,
  values: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(values);
  if (!LIVE.has(cell.role) || names.length === 0) return source;
  const exports = names.map((name) => `${name}=${shellQuote(values[name] ?? '')}`).join(' ');
  return `export ${exports}; ${source}`;
}
