import type { Cell } from '../../cells/cell';
import type { Lab } from '../lab';
import { commandsOf } from './commands';
import type { LintFinding } from './finding';

/** Hints that hold a line of a solution. */
export function lintHints(lab: Lab): LintFinding[] {
  const fixes = fixLines(lab);
  return lab.hints.flatMap(({ cell, id }): LintFinding[] => {
    const told = tellsFix(cell.source, fixes);
    if (told === null) return [];
    const message = `The hint \`${id}\` contains a line of a solution: \`${told}\`. A hint says where to look, not what to type.`;
    return [{ rule: 'hint-tells', severity: 'error', line: cell.line, cell: cell.id, message }];
  });
}

/**
 * The lines that mend: those of the solutions, without those that a check or an observation has as well, which are ways
 * of looking (making a neighbour table forget, for one).
 */
export function fixLines({ cells }: Lab): string[] {
  const of = (...roles: Cell['role'][]) =>
    cells.filter(({ role }) => roles.includes(role)).flatMap(({ source }) => commandsOf(source));
  const looking = of('observe', 'check').join('\n');
  return of('solution').filter((line) => isTelling(line) && !looking.includes(withoutNames(line)));
}

/** The first of the mending lines that a text holds, or null. */
export function tellsFix(text: string, fixes: readonly string[]): string | null {
  return fixes.find((fix) => text.includes(fix)) ?? null;
}

/** `exit 0` or a lone word gives nothing away. */
function isTelling(line: string): boolean {
  return line.length > 8 && /\s/.test(line);
}

/** `ip -n pod-c neigh flush dev eth0` is the same way of looking as that of `pod-a`. */
function withoutNames(line: string): string {
  return line.replace(/^ip -n \S+ /, '');
}
