import { isRole, nearestKey } from '../../cells/keys';
import type { Cell } from '../../cells/cell';
import { isLab, readLab } from '../lab';
import type { LintFinding } from './finding';
import { lintExpectations } from './expectations';
import { lintFrontmatter } from './frontmatter';
import { lintHints } from './hints';
import { lintReferences } from './references';
import { lintStructure } from './structure';

/**
 * What is wrong with the writing of a lab, by line. Nothing is run. A note without a check is no lab and gets no
 * findings but those about roles that were probably meant.
 */
export function lintLab(
  cells: readonly Cell[],
  frontmatter: Readonly<Record<string, unknown>>,
): LintFinding[] {
  const findings = cells.flatMap(lintCell);
  if (isLab(cells)) {
    const lab = readLab(cells);
    findings.push(
      ...lintStructure(lab),
      ...lintReferences(lab),
      ...lintHints(lab),
      ...lintExpectations(lab),
      ...lintFrontmatter(frontmatter),
    );
  }
  return findings.sort((a, b) => a.line - b.line);
}

/** What the scanner already knows of a cell, and roles that are not ones. */
function lintCell(cell: Cell): LintFinding[] {
  const at = { line: cell.line, cell: cell.id };
  const strange = strangeRole(cell);
  if (strange !== null) {
    const meant = nearestRole(strange);
    const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
    const message = `\`${strange}\` is no role, so this is an ordinary cell${hint || '.'}`;
    return [{ ...at, rule: 'unknown-role', severity: 'error', message }];
  }
  const isRoled = cell.role !== null && cell.role !== 'expect';
  return cell.warnings
    .map((message): LintFinding =>
      message === cell.whyNot
        ? { ...at, rule: 'not-runnable', severity: isRoled ? 'error' : 'warning', message }
        : { ...at, rule: 'attributes', severity: 'warning', message },
    )
    .filter(({ rule }) => rule !== 'not-runnable' || isRoled);
}

/** The first word of the braces, when it was meant as a role: a bare word that is neither role nor known key. */
function strangeRole({ role, info, warnings }: Cell): string | null {
  if (role !== null) return null;
  const word = /\{\s*([A-Za-z][\w-]*)(?=[\s}])/.exec(info)?.[1] ?? null;
  return word !== null && warnings.some((warning) => warning.startsWith(`\`${word}\` is not a known key`))
    ? word
    : null;
}

function nearestRole(word: string): string | null {
  const meant = nearestKey(word, true);
  return meant !== null && isRole(meant) ? meant : null;
}
