import { count } from '../../base/count';
import { visibleLine } from '../../base/visible';
import { LIE_TITLES, type Lie } from '../../labs/prover/findings';
import type { Row } from '../../labs/prover/proof';
import { textList } from '../../markdown/frontmatter';
import type { LintFinding } from '../../labs/lint/finding';
import type { LabOutcome } from './outcome';

/** One lab as a human reads it: the verdict, then what was claimed and what was seen, then the matrix. */
export function describeOutcome(outcome: LabOutcome, remarks: readonly string[] = []): string {
  const { note, lint, proof } = outcome;
  const warnings = lint.filter(({ severity }) => severity === 'warning' || proof === null);
  return [
    `${MARKS[outcome.verdict]} ${note.title}: ${verdict(outcome)}`,
    ...(proof?.lies ?? []).flatMap(describeLie),
    ...warnings.map((finding) => `  ${finding.severity === 'error' ? '✗' : '!'} ${describeLint(finding)}`),
    ...(proof === null ? [] : matrix(outcome, proof.rows)),
    ...remarks.map((sentence) => `  ${sentence}`),
    '',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const MARKS: Readonly<Record<LabOutcome['verdict'], string>> = {
  proved: '✓',
  refuted: '✗',
  blocked: '–',
  elsewhere: '–',
  linted: '·',
};

function verdict(outcome: LabOutcome): string {
  const { lab, proof, missing, durationMs, note } = outcome;
  const size = `${count(lab.faults.length, 'fault')} × ${count(lab.checks.length, 'check')}`;
  switch (outcome.verdict) {
    case 'proved':
      return `proved, ${size}, in ${seconds(durationMs)}.`;
    case 'refuted':
      return `not proved, ${count(proof?.lies.length ?? 0, 'thing')} in it did not hold (${size}, ${seconds(durationMs)}).`;
    case 'blocked':
      return `blocked; this machine lacks ${missing.join(', ')}.`;
    case 'elsewhere':
      return `left out; ${leftOutFor(textList(note.frontmatter['lab_env'])[0] ?? '')}`;
    case 'linted': {
      const errors = outcome.lint.filter(({ severity }) => severity === 'error').length;
      return outcome.lint.length === 0
        ? 'written right.'
        : `${count(errors, 'error')}, ${count(outcome.lint.length - errors, 'warning')}.`;
    }
  }
}

function leftOutFor(env: string): string {
  const what = `it is for another machine (lab_env: ${visibleLine(env)}).`;
  return env === 'cluster'
    ? `${what} Prove it on one that reaches a cluster: --lab-machine host --host NAME.`
    : what;
}

function describeLie({ kind, line, claimed, seen }: Lie): string[] {
  const told = claimed === '' ? [] : [`    claimed: ${claimed}`];
  const [first = '', ...rest] = seen.trimEnd().split('\n');
  return [
    `  ✗ ${LIE_TITLES[kind]} (line ${line})`,
    ...told,
    `    seen:    ${first}`,
    ...rest.map((text) => `             ${text}`),
  ];
}

function describeLint({ line, message }: LintFinding): string {
  return `line ${line}: ${message}`;
}

/** Checks as columns, states as rows; what a fault claims to break stands in brackets. */
function matrix({ lab }: LabOutcome, rows: readonly Row[]): string[] {
  const shown = rows.filter(({ state }) => !state.startsWith('mended '));
  if (shown.length === 0) return [];
  const ids = lab.checks.map(({ id }) => id);
  const first = Math.max(...shown.map(({ state }) => state.length));
  const line = (name: string, cells: readonly string[]) =>
    `  ${name.padEnd(first)}  ${cells.map((cell, i) => cell.padEnd(Math.max('[fail]'.length, (ids[i] ?? '').length))).join('  ')}`.trimEnd();
  return [
    line('', ids),
    ...shown.map(({ state, verdicts }) => {
      const breaks = lab.faults.find(({ id }) => id === state)?.breaks ?? [];
      return line(
        state,
        ids.map((id) => {
          const word = verdicts[id] === 'pass' ? 'ok' : (verdicts[id] ?? '');
          return breaks.includes(id) ? `[${word}]` : word;
        }),
      );
    }),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
