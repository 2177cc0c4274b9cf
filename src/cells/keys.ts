import { nearest } from '../base/nearest';
import type { Role } from './cell';

/** The words that may open a `{…}` block. `file` is told by its key, but may be written as a word too. */
const ROLES: readonly Role[] = [
  'setup',
  'step',
  'observe',
  'fault',
  'check',
  'hint',
  'solution',
  'cleanup',
  'file',
  'expect',
];

/** Keys with a meaning here, of any role. What each means stands in `keyFacts.ts`, for the reference. */
const OWN = [
  ...(['name', 'id', 'session', 'host', 'node', 'in', 'needs', 'timeout', 'expect-exit'] as const),
  ...(['background', 'tty', 'output', 'skip', 'capture', 'exec', 'copy'] as const),
  ...(['breaks', 'fault', 'hidden', 'every', 'mode', 'layer', 'for', 'after', 'file', 'of'] as const),
  ...(['match', 'mask', 'x', 'y'] as const),
];

export type OwnKey = (typeof OWN)[number];

/** Keys of other tools that need no answer from us, so that notes written for those tools show no warnings. */
const OTHERS = new Set([
  // Runme
  ...['interactive', 'promptEnv', 'mimeType', 'terminalRows', 'closeTerminalOnSuccess', 'category', 'tag'],
  // markdown-exec, mkdocs, docusaurus
  ...['source', 'html', 'result', 'title', 'linenums', 'hl_lines', 'width', 'updatetoc', 'idprefix', 'class'],
  // Quarto
  ...['echo', 'warning', 'message', 'error', 'include', 'results', 'fig-cap', 'code-fold', 'tbl-cap'],
]);

/** The same thing under another tool's name. */
export const ALIASES: Readonly<Record<string, string>> = {
  label: 'name',
  import: 'needs',
  returncode: 'expect-exit',
  excludeFromRunAll: 'skip',
};

export function isRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word);
}

export function isKnownKey(key: string): boolean {
  return (OWN as readonly string[]).includes(key) || OTHERS.has(key) || key in ALIASES || key === 'eval';
}

/** The known key (or, for a word without value, role or key) that was probably meant. */
export function nearestKey(key: string, withRoles: boolean): string | null {
  return nearest(key, withRoles ? [...ROLES, ...OWN] : OWN);
}
