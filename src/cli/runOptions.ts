import type { Cell } from '../cells/cell';
import { planRunAll, type RunPlan } from '../labs/plan';
import { problem, ProblemError } from '../base/problem';
import { nearest } from '../base/nearest';
import { readArguments, UsageError, type ArgumentToken } from './usage';

export const RUN_USAGE =
  'labpath run <note> (--all | --cell ID…) [--set NAME=VALUE…] [--keep-going] [--yes] [--allow-danger] [--host H] [--system-ssh] [--json]';

export interface RunOptions {
  readonly note: string;
  /** Ids or names, or null for all. */
  readonly cells: readonly string[] | null;
  /** Values of placeholders. */
  readonly values: Readonly<Record<string, string>>;
  readonly keepGoing: boolean;
  readonly yes: boolean;
  /** Dangerous lines are not asked about either. */
  readonly allowDanger: boolean;
  readonly host: string | null;
  readonly systemSsh: boolean;
  readonly json: boolean;
}

export function readRunOptions(args: readonly string[]): RunOptions {
  const { values, tokens } = readArguments(
    args,
    {
      all: { type: 'boolean', default: false },
      cell: { type: 'string', multiple: true, default: [] },
      set: { type: 'string', multiple: true, default: [] },
      'keep-going': { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
      'allow-danger': { type: 'boolean', default: false },
      host: { type: 'string' },
      'system-ssh': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    RUN_USAGE,
  );
  const { note, cells, settings } = assignWords(tokens);
  if (values.all === cells.length > 0) {
    throw new UsageError(
      'Say which cells are to run: either --all, or --cell with ids or names.',
      '',
      RUN_USAGE,
    );
  }
  return {
    note,
    cells: values.all ? null : cells,
    values: Object.fromEntries(settings.map(readSetting)),
    keepGoing: values['keep-going'],
    yes: values.yes,
    allowDanger: values['allow-danger'],
    host: values.host ?? null,
    systemSsh: values['system-ssh'],
    json: values.json,
  };
}

interface Words {
  readonly note: string;
  readonly cells: readonly string[];
  readonly settings: readonly string[];
}

/**
 * Options that take several words, `--cell a b` and `--set x=1 y=2`, take all up to the next option. The note is the
 * word behind none of them, or else the very last: `labpath run --cell a b note.md`.
 */
function assignWords(tokens: readonly ArgumentToken[]): Words {
  const free: string[] = [];
  const taken: { option: string; word: string; further: boolean }[] = [];
  let option = '';
  for (const { kind, name = '', value } of tokens) {
    if (kind === 'option') option = name;
    if (value === undefined) continue;
    if (isList(option)) taken.push({ option, word: value, further: kind === 'positional' });
    else if (kind === 'positional') free.push(value);
  }
  const lastFurther = taken.findLastIndex(({ further }) => further);
  if (free.length === 0 && lastFurther !== -1) {
    free.push(...taken.splice(lastFurther, 1).map(({ word }) => word));
  }
  const [note, ...more] = free;
  if (note === undefined) throw new UsageError('Name the note whose cells are to run.', '', RUN_USAGE);
  if (more.length > 0) {
    throw new UsageError(`One note at a time; "${more.join(' ')}" is too much.`, '', RUN_USAGE);
  }
  const wordsOf = (name: string): string[] =>
    taken.filter((each) => each.option === name).map(({ word }) => word);
  return { note, cells: wordsOf('cell'), settings: wordsOf('set') };
}

function isList(option: string): boolean {
  return option === 'cell' || option === 'set';
}

function readSetting(setting: string): [string, string] {
  const equals = setting.indexOf('=');
  if (equals < 1) throw new UsageError(`"${setting}" is not NAME=VALUE.`, '', RUN_USAGE);
  return [setting.slice(0, equals), setting.slice(equals + 1)];
}

/** What is run: the named cells in the order named, or what "run all" takes. Throws a ProblemError for a wrong name. */
export function chooseCells(all: readonly Cell[], { cells, values }: RunOptions): RunPlan {
  const filled = new Set(Object.keys(values));
  if (cells === null) return planRunAll(all, filled);
  const run = [...new Set(cells)].map((wanted) => findCell(all, wanted));
  for (const cell of run) {
    if (cell.whyNot !== null) throw new ProblemError(problem(`Cell ${cell.id} does not run.`, cell.whyNot));
    const open = cell.placeholders.filter((name) => !filled.has(name));
    if (open.length === 0) continue;
    throw new ProblemError(
      problem(
        `Cell ${cell.id} has placeholders without a value: ${open.map((name) => `<${name}>`).join(', ')}.`,
        '',
        `Add ${open.map((name) => `--set ${/ /.test(name) ? `"${name}=…"` : `${name}=…`}`).join(' ')}.`,
      ),
    );
  }
  return { run, skipped: [] };
}

function findCell(cells: readonly Cell[], wanted: string): Cell {
  const found = cells.find((cell) => cell.id === wanted) ?? cells.find((cell) => cell.name === wanted);
  if (found) return found;
  const names = cells.flatMap((cell) => (cell.name === null ? [cell.id] : [cell.id, cell.name]));
  const meant = nearest(wanted, names);
  throw new ProblemError(
    problem(
      `The note has no cell "${wanted}".`,
      meant === null ? '' : `Did you mean "${meant}"?`,
      'labpath cells <note> lists them.',
    ),
  );
}
