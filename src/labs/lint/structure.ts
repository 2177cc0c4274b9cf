import type { Cell } from '../../cells/cell';
import type { Lab } from '../lab';
import { commandsOf } from './commands';
import type { LintFinding } from './finding';

/** Whether the parts that a lab needs are there. */
export function lintStructure(lab: Lab): LintFinding[] {
  return [...lintParts(lab), ...lab.faults.flatMap((fault) => lintFault(fault)), ...lintChecks(lab)];
}

function lintParts({ cells, setup, cleanup, body }: Lab): LintFinding[] {
  const changes = [...setup, ...body.filter(({ role }) => role === 'step')];
  const findings: LintFinding[] = [];
  if (changes.length > 0 && cleanup.length === 0) {
    findings.push({
      ...wholeNote(),
      rule: 'cleanup-missing',
      severity: 'error',
      message:
        'Cleanup is missing: what the lab made on the machine would stay there. Add a `cleanup` fence.',
    });
  }
  if (setup.length === 0 && cells.some(({ role }) => role === 'fault')) {
    findings.push({
      ...wholeNote(),
      rule: 'setup-missing',
      severity: 'warning',
      message: 'Setup is missing: nobody can get back to where a fault is put in. Add a `setup` fence.',
    });
  }
  return findings;
}

function lintFault({ cell, id, breaks, solutions }: Lab['faults'][number]): LintFinding[] {
  const findings: LintFinding[] = [];
  if (breaks.length === 0) {
    findings.push({
      ...of(cell),
      rule: 'fault-breaks-nothing',
      severity: 'error',
      message: `The fault \`${id}\` does not say which checks it breaks. Add \`breaks=\`.`,
    });
  }
  if (solutions.length === 0) {
    findings.push({
      ...of(cell),
      rule: 'fault-without-solution',
      severity: 'error',
      message: `The fault \`${id}\` has no solution. Add a \`solution\` fence with \`for=${id}\`.`,
    });
  }
  return findings;
}

function lintChecks({ checks, faults, setup, body }: Lab): LintFinding[] {
  // Where something is built, a check fails before it is.
  const isBuilt =
    setup.length === 0 || body.some(({ role }) => role === 'step' || role === 'solution' || role === null);
  return checks.flatMap(({ id, cell }) => {
    const findings: LintFinding[] = [];
    if (cell.runnable && !printsSomething(cell)) {
      findings.push({
        ...of(cell),
        rule: 'silent-check',
        severity: 'error',
        message: `The check \`${id}\` prints nothing. Let it print one line of what it saw, also when it passes.`,
      });
    }
    if (!isBuilt && !faults.some(({ breaks }) => breaks.includes(id))) {
      findings.push({
        ...of(cell),
        rule: 'check-never-broken',
        severity: 'error',
        message: `No fault breaks the check \`${id}\`, so nobody will ever see it fail. Name it in a \`breaks=\`, or leave it out.`,
      });
    }
    return findings;
  });
}

/** Text that goes nowhere else: `grep -q` and the like print nothing, other programs may. */
function printsSomething(cell: Cell): boolean {
  return commandsOf(cell.source).some((line) => {
    const silent = /(>\s*\/dev\/null|&>|>&\s*\/dev\/null)/.test(line);
    const quiet =
      /^(!\s+)?(\[|\[\[|test|exit|return|true|false|:|local|set|if|then|fi|for|while|do|done|sleep|[A-Za-z_]\w*\+?=)(\s|$|\S*$)/;
    const grepQuiet = /\bgrep\s+(-\w*q\w*|--quiet)\b/.test(line);
    return /\b(echo|printf|cat)\b/.test(line) || (!silent && !grepQuiet && !quiet.test(line));
  });
}

function of(cell: Cell): Pick<LintFinding, 'line' | 'cell'> {
  return { line: cell.line, cell: cell.id };
}

function wholeNote(): Pick<LintFinding, 'line' | 'cell'> {
  return { line: 1, cell: null };
}
