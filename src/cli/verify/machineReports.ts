import { LIE_TITLES } from '../../labs/prover/findings';
import { holds, type LabOutcome } from './outcome';

/** One lab as a JSON object, for a line of its own. */
export function outcomeToJson({ note, verdict, lint, proof, missing, machine, durationMs, lab }: LabOutcome) {
  return {
    note: note.path,
    title: note.title,
    verdict,
    faults: lab.faults.length,
    checks: lab.checks.length,
    durationMs: Math.round(durationMs),
    missing,
    machine,
    lies: proof?.lies ?? [],
    lint,
    rows: proof?.rows ?? [],
  };
}

/**
 * All labs in the JUnit form that CI services read: a suite for each lab, in it a case for each fault and one for all
 * else, with what did not hold as failures.
 */
export function toJunit(outcomes: readonly LabOutcome[], allowBlocked: boolean): string {
  const suites = outcomes.map((outcome) => suite(outcome, allowBlocked));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suite(outcome: LabOutcome, allowBlocked: boolean): string {
  const cases = casesOf(outcome, allowBlocked);
  const failures = cases.filter(({ failures: found }) => found.length > 0).length;
  const skipped = cases.filter((each) => each.skipped !== null).length;
  const { note, durationMs } = outcome;
  const attributes = `name="${xml(note.title)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}" time="${(durationMs / 1000).toFixed(3)}"`;
  const body = cases.map(({ name, failures: found, skipped: why }) =>
    [
      `    <testcase classname="${xml(note.title)}" name="${xml(name)}" file="${xml(note.path)}">\n`,
      ...(why === null ? [] : [`      <skipped message="${xml(why)}"/>\n`]),
      ...found.map(({ title, text }) => `      <failure message="${xml(title)}">${xml(text)}</failure>\n`),
      '    </testcase>\n',
    ].join(''),
  );
  return `  <testsuite ${attributes}>\n${body.join('')}  </testsuite>\n`;
}

interface Case {
  readonly name: string;
  readonly failures: readonly { readonly title: string; readonly text: string }[];
  readonly skipped: string | null;
}

function casesOf(outcome: LabOutcome, allowBlocked: boolean): Case[] {
  const { lab, lint, proof, verdict, missing } = outcome;
  if (proof === null) {
    const skipped =
      verdict === 'elsewhere'
        ? 'It is for another kind of machine.'
        : `The machine lacks ${missing.join(', ')}.`;
    const failures = lint
      .filter(({ severity }) => severity === 'error')
      .map(({ line, message }) => ({ title: message, text: `line ${line}` }));
    if (verdict === 'linted') return [{ name: 'lint', failures, skipped: null }];
    const blocked = holds(outcome, allowBlocked) ? [] : [{ title: skipped, text: '' }];
    return [{ name: 'requirements', failures: blocked, skipped: blocked.length === 0 ? skipped : null }];
  }
  const faults = new Map(
    lab.faults.map(({ id, solutions }) => [id, [id, ...solutions.map((cell) => cell.id)]]),
  );
  const ofFault = (cell: string | null) =>
    [...faults].find(([, cells]) => cells.includes(cell ?? ''))?.[0] ?? null;
  const failures = (fault: string | null) =>
    proof.lies
      .filter(({ cell }) => ofFault(cell) === fault)
      .map(({ kind, line, claimed, seen }) => ({
        title: LIE_TITLES[kind],
        text: `line ${line}\n${claimed}\n${seen}`,
      }));
  return [null, ...faults.keys()].map((fault) => ({
    name: fault === null ? 'the lab as a whole' : `fault ${fault}`,
    failures: failures(fault),
    skipped: null,
  }));
}

/** XML 1.0 has no way at all to write most control characters. */
function xml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return Array.from(text)
    .filter((char) => char >= ' ' || char === '\n' || char === '\t')
    .map((char) => entities[char] ?? char)
    .join('');
}
