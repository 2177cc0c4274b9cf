import { redact, type Private } from '../../trust/redact';

/** What a report says besides the log: nothing private, each value one line. */
export type ReportFacts = Readonly<Record<string, string>>;

/** A report for strangers: versions, how Labpath is set up, and what went wrong, with all that is private taken out. */
export function problemReport(facts: ReportFacts, log: readonly string[], hidden: Private): string {
  const entries = log.length === 0 ? ['Nothing was reported since the app started.'] : log;
  return [
    '## What happened',
    '',
    '(What did you do, what did you expect, and what came instead?)',
    '',
    '## Versions',
    '',
    ...Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`),
    '',
    '## Log',
    '',
    ...entries.map((entry) => `    ${redact(entry, hidden).replaceAll('\n', '\n    ')}`),
    '',
  ].join('\n');
}
