import { Notice } from 'obsidian';
import { problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { acceptExpected, writeExpected } from '../../cells/expectEdit';
import { pinOutput, type TextEdit } from '../../cells/pin';
import type { RunSnapshot } from '../../runs/snapshot';
import { editNote } from '../noteEdit';
import type { CellDesk } from './cellDesk';

/** Lines of an output that a note can hold. */
const PINNED_LINES = 500;

export async function copyText(text: string, said: string): Promise<void> {
  await navigator.clipboard.writeText(text);
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

/** Writes the output below the cell as a fence, or into the fence it was pinned to before. */
export async function pinToNote(desk: CellDesk, note: string, cell: Cell, run: RunSnapshot): Promise<void> {
  const lines = run.output.plain().split('\n');
  const shown =
    lines.length <= PINNED_LINES
      ? lines
      : [...lines.slice(0, PINNED_LINES), `… ${lines.length - PINNED_LINES} more lines`];
  const facts = {
    ...(run.exitStatus === null ? {} : { exit: run.exitStatus }),
    host: run.host,
    ...(run.startedAt === null ? {} : { date: new Date(run.startedAt).toISOString().slice(0, 10) }),
  };
  await change(desk, note, (text) => pinOutput(text, cell, shown.join('\n'), facts));
}

/** Makes the output what the note expects from now on. */
export async function acceptOutput(desk: CellDesk, note: string, fence: Cell, output: string): Promise<void> {
  await change(desk, note, (text) => acceptExpected(text, fence.id, output));
}

/** Writes the output below the cell as what it is expected to print. */
export async function expectOutput(desk: CellDesk, note: string, cell: Cell, output: string): Promise<void> {
  await change(desk, note, (text) => writeExpected(text, { below: cell.id, of: cell.id }, output));
}

async function change(desk: CellDesk, note: string, edit: (text: string) => TextEdit | null): Promise<void> {
  if (await editNote(desk.app, note, edit)) return;
  desk.report(
    problem(
      'The note was not changed.',
      'The cell is no longer where it was, or the output cannot stand in a fence there.',
      'Run the cell again.',
    ),
  );
}
