import { visibleLine } from '../base/visible';
import type { Cell } from '../cells/cell';
import type { Command } from './command';
import { readNote } from './noteFile';
import { readArguments, UsageError } from './usage';

const USAGE = 'labpath cells <note> [--json]';

/** Shows the cells of a note. */
export const cellsCommand: Command = {
  name: 'cells',
  summary: 'Show the cells of a note: what would run, and what would not and why',
  help: `Usage: ${USAGE}

  --json   One JSON array: [{id, name, role, lang, line, endLine, attributes, placeholders,
           runnable, warnings, source}], lines counted from 1
`,
  async run(args, io) {
    const { positionals, values } = readArguments(args, { json: { type: 'boolean', default: false } }, USAGE);
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('Name one note.', '', USAGE);
    const { cells } = await readNote(io.cwd, name);
    if (values.json) io.out(`${JSON.stringify(cells.map(cellToJson), null, 2)}\n`);
    else io.out(cells.length === 0 ? 'This note has no cells.\n' : cells.map(describeCell).join(''));
    return 0;
  },
};

function cellToJson(cell: Cell) {
  const { id, name, role, lang, line, endLine, attributes, placeholders, runnable, warnings, source } = cell;
  return { id, name, role, lang, line, endLine, attributes, placeholders, runnable, warnings, source };
}

function describeCell(cell: Cell): string {
  const [first = '', ...rest] = cell.source.split('\n');
  const facts = [
    cell.role,
    cell.runnable ? null : 'not run',
    ...cell.placeholders.map((name) => `<${name}>`),
  ];
  const known = facts.filter((fact) => fact !== null);
  return [
    `${String(cell.line).padStart(5)}  ${cell.id}${known.length === 0 ? '' : `  (${known.join(', ')})`}`,
    `       ${first}${rest.length === 0 ? '' : ` … and ${rest.length} more line${rest.length === 1 ? '' : 's'}`}`,
    ...cell.warnings.map((warning) => `       ! ${warning}`),
  ]
    .map((line) => `${visibleLine(line)}\n`)
    .join('');
}
