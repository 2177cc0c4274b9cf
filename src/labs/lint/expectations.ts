import { nearest } from '../../base/nearest';
import { listOf, textOf } from '../../cells/options';
import { brokenPatterns, MASKS } from '../../output/expectation';
import type { Expectation, Lab } from '../lab';
import type { LintFinding } from './finding';

const KNOWN_MASKS: readonly string[] = [...MASKS, 'all'];

/** Expected outputs that nothing can print, and patterns that match nothing. */
export function lintExpectations(lab: Lab): LintFinding[] {
  return lab.expectations.flatMap((expectation) =>
    wrongs(lab, expectation).map((message) => ({
      rule: 'expectation',
      severity: 'error',
      line: expectation.cell.line,
      cell: expectation.cell.id,
      message,
    })),
  );
}

function wrongs(lab: Lab, { cell, of, fault }: Expectation): string[] {
  const found: string[] = [];
  const printers = lab.cells.filter(({ role }) => role !== 'expect' && role !== 'file').map(({ id }) => id);
  if (!printers.includes(of)) {
    const meant = nearest(of, printers);
    found.push(
      of === ''
        ? 'This expected output does not say whose it is. Add `of=` with the id of a cell.'
        : `\`of=${of}\` is no cell of this note${meant === null ? '.' : `; did you mean \`${meant}\`?`}`,
    );
  }
  if (fault !== null && !lab.faults.some(({ id }) => id === fault)) {
    found.push(`\`fault=${fault}\` is no fault of this note.`);
  }
  const match = textOf(cell.attributes, 'match') ?? 'contains';
  if (!['contains', 'regex', 'lines'].includes(match)) {
    found.push(`\`match=${match}\` is not one of contains, regex, lines.`);
  }
  const broken = match === 'regex' ? brokenPatterns(cell.source) : [];
  found.push(...broken.map((line) => `This is no regular expression: \`${line}\`.`));
  const masks = listOf(cell.attributes, 'mask').filter((mask) => !KNOWN_MASKS.includes(mask));
  found.push(...masks.map((mask) => `\`mask=${mask}\` is not one of ${KNOWN_MASKS.join(', ')}.`));
  return found;
}
