import { nearest } from '../../base/nearest';
import type { Cell } from '../../cells/cell';
import { listOf } from '../../cells/options';
import { targets, type Lab } from '../lab';
import type { LintFinding } from './finding';

/** Whether the names in `breaks=`, `for=` and `needs=` are those of cells of the right role. */
export function lintReferences(lab: Lab): LintFinding[] {
  const checkIds = lab.checks.map(({ id }) => id);
  const faultIds = lab.faults.map(({ id }) => id);
  const all = lab.cells.map(({ id }) => id);
  return [
    ...lab.faults.flatMap(({ cell, breaks }) =>
      unknown(cell, 'breaks', breaks, checkIds, 'check', 'missing-check'),
    ),
    ...lab.hints.flatMap(({ cell, checks }) => unknown(cell, 'for', checks, checkIds, 'check')),
    ...lab.cells
      .filter(({ role }) => role === 'solution')
      .flatMap((cell) => lintSolution(cell, faultIds, checkIds)),
    ...lab.cells.flatMap((cell) => unknown(cell, 'needs', listOf(cell.attributes, 'needs'), all, 'cell')),
  ];
}

function lintSolution(cell: Cell, faults: readonly string[], checks: readonly string[]): LintFinding[] {
  const named = targets(cell);
  if (named.length === 0 && faults.length > 0) {
    return [
      {
        rule: 'solution-for-nothing',
        severity: 'warning',
        line: cell.line,
        cell: cell.id,
        message: `The solution \`${cell.id}\` does not say what it mends. Add \`for=\` with the id of a fault.`,
      },
    ];
  }
  return unknown(cell, 'for', named, [...faults, ...checks], 'fault or check');
}

function unknown(
  cell: Cell,
  key: string,
  named: readonly string[],
  known: readonly string[],
  what: string,
  rule: LintFinding['rule'] = 'unknown-reference',
): LintFinding[] {
  return named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      const hint = meant === null ? '.' : `; did you mean \`${meant}\`?`;
      const message = `\`${key}=\` of \`${cell.id}\` names \`${name}\`, but there is no ${what} of that name${hint}`;
      return { rule, severity: 'error', line: cell.line, cell: cell.id, message };
    });
}
