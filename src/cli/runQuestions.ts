import { problem, ProblemError } from '../base/problem';
import { visible, visibleLine } from '../base/visible';
import type { Cell } from '../cells/cell';
import { netnsOf, textOf } from '../cells/options';
import { fillPlaceholders } from '../cells/placeholders';
import { isThrowAway } from '../machine/throwAway';
import { findDangers, type Danger } from '../trust/danger';
import type { Io } from './command';
import type { NoteFile } from './noteFile';
import type { RunOptions } from './runOptions';

/** What the shell is sent of a cell, before its role wraps it. */
export function filledSource(cell: Cell, values: Readonly<Record<string, string>>): string {
  return cell.role === 'file' ? cell.source : fillPlaceholders(cell.source, values);
}

/** Lists what would run where, with its code, and asks. Rejects when nobody is there to be asked. */
export async function askBeforeRunning(
  io: Io,
  note: NoteFile,
  cells: readonly Cell[],
  host: string,
): Promise<boolean> {
  const list = cells.map(
    (cell) => `  ${visibleLine(cell.id)} (line ${cell.line})\n${indented(visible(cell.source))}`,
  );
  const hosts = [...new Set(cells.map((cell) => visibleLine(hostOf(cell, host))))];
  const where = `${visibleLine(note.path)} will run on ${hosts.join(' and ')}`;
  return ask(io, `These cells of ${where}:\n${list.join('')}Run them? [y/N] `, 'Pass --yes.');
}

export interface CellDanger extends Danger {
  readonly cell: Cell;
  readonly host: string;
}

/** Dangerous lines of cells that would run on something else than a lab machine Labpath made. */
export async function dangersOf(
  cells: readonly Cell[],
  { values }: Pick<RunOptions, 'values'>,
  host: string,
  env: Io['env'],
): Promise<readonly CellDanger[]> {
  const found = await Promise.all(
    cells.map(async (cell) => {
      const where = hostOf(cell, host);
      if (cell.role === 'file' || (await isThrowAway(where, env))) return [];
      const inNetns = netnsOf(cell.attributes) !== null;
      return findDangers(filledSource(cell, values), inNetns).map((danger) => ({
        ...danger,
        cell,
        host: where,
      }));
    }),
  );
  return found.flat();
}

/** Names the lines and asks, also where `--yes` was given. Rejects when nobody is there to be asked. */
export async function askAboutDanger(io: Io, dangers: readonly CellDanger[]): Promise<boolean> {
  const list = dangers.map(
    ({ cell, host, line, text, what }) =>
      `  line ${cell.line + line} ${what} (${visibleLine(host)}): ${visibleLine(text)}\n`,
  );
  return ask(
    io,
    `Some lines may cost you a host or the way to it:\n${list.join('')}Run them? [y/N] `,
    'Pass --allow-danger if that is meant.',
  );
}

async function ask(io: Io, question: string, next: string): Promise<boolean> {
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

function hostOf({ attributes }: Cell, host: string): string {
  return textOf(attributes, 'host') ?? textOf(attributes, 'node') ?? host;
}

function indented(text: string): string {
  return text.replace(/^/gm, '      ').trimEnd() + '\n';
}
