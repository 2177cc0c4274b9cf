import { problem, ProblemError } from '../base/problem';
import { visible, visibleLine } from '../base/visible';
import { cellWithLine, type Cell } from '../cells/cell';
import { fileOf, namedHost, netnsOf } from '../cells/options';
import { fillPlaceholders } from '../cells/placeholders';
import { exported } from '../labs/labShell';
import { variablesAmong, type LabVar } from '../labs/vars';
import { standingOf } from '../machine/throwAway';
import type { Danger } from '../trust/danger';
import { risksOf } from '../trust/policy';
import { maskedValues } from '../trust/secretNames';
import type { Io } from './command';
import type { NoteFile } from './noteFile';

/** What the shell is sent of a cell, before its role wraps it. */
export function filledSource(cell: Cell, values: Readonly<Record<string, string>>): string {
  return cell.role === 'file' ? cell.source : fillPlaceholders(cell.source, values);
}

/** Lists what would run where, with its code, and asks. Rejects when nobody is there to be asked. */
export async function askBeforeRunning(
  io: Io,
  note: NoteFile,
  cells: readonly Cell[],
  values: Readonly<Record<string, string>>,
  host: string,
): Promise<boolean> {
  const list = cells.map((cell) => `  ${visibleLine(cellWithLine(cell))}\n${indented(visible(cell.source))}`);
  const hosts = await hostsInWords(cells, host, io.env);
  const variables = Object.entries(maskedValues(variablesAmong(values, note.vars)));
  const inThem = variables.map(([name, value]) => visibleLine(`${name}=${value}`)).join(', ');
  const where = `${visibleLine(note.path)} will run on ${hosts.join(' and ')}${inThem === '' ? '' : `, with ${inThem}`}`;
  return ask(io, `These cells of ${where}:\n${list.join('')}Run them? [y/N] `, 'Pass --yes.');
}

/** The hosts that cells would run on; of an adopted one also whom its name means. */
export async function hostsInWords(
  cells: readonly Cell[],
  host: string,
  env: Io['env'],
): Promise<readonly string[]> {
  const names = [...new Set(cells.map((cell) => namedHost(cell.attributes) ?? host))];
  return Promise.all(
    names.map(async (name) => {
      const standing = await standingOf(name, env);
      return visibleLine(standing.kind === 'adopted' ? `${name} (${standing.destination})` : name);
    }),
  );
}

/** A line that is asked about even where `--yes` was given. */
export interface CellRisk extends Danger {
  readonly cell: Cell;
  readonly host: string;
}

/**
 * Lines with characters that cannot be seen, and dangerous lines of cells that would run on something else than a lab
 * machine Labpath made.
 */
export async function risksOfCells(
  cells: readonly Cell[],
  vars: readonly LabVar[],
  values: Readonly<Record<string, string>>,
  host: string,
  env: Io['env'],
): Promise<readonly CellRisk[]> {
  const found = await Promise.all(
    cells.map(async (cell) => {
      const where = namedHost(cell.attributes) ?? host;
      // On its first line, as in the shell: lines keep their numbers.
      const environment = cell.role === 'file' ? '' : exported(variablesAmong(values, vars));
      const code = `${environment}${filledSource(cell, values)}`;
      const request = { code, writes: fileOf(cell), inNetns: netnsOf(cell.attributes) !== null };
      const { kind } = await standingOf(where, env);
      const { dangers, hidden } = risksOf(request, kind === 'throw-away');
      const what = 'holds characters that cannot be seen';
      const lines = filledSource(cell, maskedValues(values)).split('\n');
      return [...hidden.map((line) => ({ line, text: '', what })), ...dangers].map((risk) => {
        // As it is shown, not as it is judged: secrets are masked.
        const text = lines[risk.line - 1]?.trim() ?? risk.text;
        return { ...risk, text, cell, host: where };
      });
    }),
  );
  return found.flat();
}

/** Names the lines and asks, also where `--yes` was given. Rejects when nobody is there to be asked. */
export async function askAboutRisks(io: Io, risks: readonly CellRisk[]): Promise<boolean> {
  const list = risks.map(
    ({ cell, host, line, text, what }) =>
      `  line ${cell.line + line} ${what} (${visibleLine(host)}): ${visibleLine(text)}\n`,
  );
  return ask(
    io,
    `Some lines hide what they do, or may cost you a host or the way to it:\n${list.join('')}Run them? [y/N] `,
    'Pass --allow-danger if that is meant.',
  );
}

/** A question that only `y` or `yes` answers with yes. Rejects when nobody is there to be asked. */
export async function ask(io: Io, question: string, next: string): Promise<boolean> {
  const answer = (await io.ask?.(question)) ?? null;
  if (answer !== null) return /^y(es)?$/i.test(answer.trim());
  io.err(question.replace(/Run them\? \[y\/N\] $/, ''));
  throw new ProblemError(
    problem(
      'Nothing was run.',
      'Running cells is asked for first, and there is no terminal to ask at.',
      next,
    ),
  );
}

function indented(text: string): string {
  return text.replace(/^/gm, '      ').trimEnd() + '\n';
}
