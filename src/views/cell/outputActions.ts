import { Notice } from 'obsidian';
import { count } from '../../base/count';
import { problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import type { TextEdit } from '../../base/textEdit';
import { acceptExpected, writeExpected } from '../../cells/expectEdit';
import { pinOutput } from '../../cells/pin';
import type { RunSnapshot } from '../../runs/snapshot';
import { editNote } from '../noteEdit';
import { forTheNote } from '../trust/maskDialog';
import type { CellDesk } from './cellDesk';

/** Lines of an output that a note can hold. */
const PINNED_LINES = 500;

/** The clipboard is given to the window the user is in, and refused to all others. */
export async function copyText(text: string, said: string): Promise<void> {
  await activeWindow.navigator.clipboard.writeText(text);
  new Notice(said);
}

/** The command and what it printed, as a console shows them. */
export function withCommand(source: string, output: string): string {
  const [first = '', ...more] = source.split('\n');
  return [`$ ${first}`, ...more.map((line) => `> ${line}`), output].join('\n');
}

/** Saves an output where the user says, through the browser's own dialog: not into the vault unasked. */
export function saveOutput(doc: Document, cell: Cell, run: RunSnapshot): void {
  const address = URL.createObjectURL(new Blob([`${run.output.plain()}\n`], { type: 'text/plain' }));
  const link = doc.body.createEl('a', { attr: { href: address, download: `${fileName(cell)}.txt` } });
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}

function fileName(cell: Cell): string {
  return (cell.name ?? cell.id).replace(/[^\p{L}\p{N}._-]+/gu, '-');
}

/**
 * Writes the output below the cell as a fence, or into the fence it was pinned to before. As with all that is written
 * into a note here, the user is asked first when it holds what looks like a secret.
 */
export async function pinToNote(desk: CellDesk, note: string, cell: Cell, run: RunSnapshot): Promise<void> {
  const lines = run.output.plain().split('\n');
  const shown =
    lines.length <= PINNED_LINES
      ? lines
      : [...lines.slice(0, PINNED_LINES), `… ${count(lines.length - PINNED_LINES, 'more line')}`];
  const facts = {
    ...(run.exitStatus === null ? {} : { exit: run.exitStatus }),
    host: run.host,
    ...(run.startedAt === null ? {} : { date: new Date(run.startedAt).toISOString().slice(0, 10) }),
  };
  await write(desk, note, shown.join('\n'), (text, output) => pinOutput(text, cell, output, facts));
}

/** Makes the output what the note expects from now on. */
export async function acceptOutput(desk: CellDesk, note: string, fence: Cell, output: string): Promise<void> {
  await write(desk, note, output, (text, shown) => acceptExpected(text, fence.id, shown));
}

/** Writes the output below the cell as what it is expected to print. */
export async function expectOutput(desk: CellDesk, note: string, cell: Cell, output: string): Promise<void> {
  await write(desk, note, output, (text, shown) =>
    writeExpected(text, { below: cell.id, of: cell.id }, shown),
  );
}

async function write(
  desk: CellDesk,
  note: string,
  output: string,
  edit: (text: string, output: string) => TextEdit | null,
): Promise<void> {
  const cleared = await forTheNote(desk.app, output, desk.params.secrets);
  if (cleared === null || (await editNote(desk.app, note, (text) => edit(text, cleared)))) return;
  desk.report(
    problem(
      'The note was not changed.',
      'The cell is no longer where it was, or the output cannot stand in a fence there.',
      'Run the cell again.',
    ),
  );
}
