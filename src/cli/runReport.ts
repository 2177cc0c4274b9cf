import { count } from '../base/count';
import { describeProblem } from '../base/problem';
import { visible, visibleLine } from '../base/visible';
import { cellWithLine, givenId, type Cell } from '../cells/cell';
import { isOn } from '../cells/options';
import type { SkippedCell } from '../labs/plan';
import { SettledText } from '../output/settledText';
import { TerminalFilter } from '../output/terminalFilter';
import type { RunEvent } from '../runs/contract';
import type { RunSnapshot } from '../runs/snapshot';
import type { Io } from './command';

/** What the user of `labpath run` sees. */
export interface RunReport {
  begin(cell: Cell): void;
  event(cell: string, event: RunEvent): void;
  end(cell: Cell, run: RunSnapshot): void;
}

/** One JSON object a line, when a cell has ended. */
export class JsonReport implements RunReport {
  /** All that each cell wrote; the run store keeps only a part of long outputs. */
  private readonly written = new Map<string, Uint8Array[]>();

  constructor(private readonly io: Io) {}

  begin(): void {}

  event(cell: string, event: RunEvent): void {
    if (event.type !== 'output') return;
    const chunks = this.written.get(cell) ?? [];
    chunks.push(event.bytes);
    this.written.set(cell, chunks);
  }

  end(cell: Cell, run: RunSnapshot): void {
    const { exitStatus, signal, durationMs, where } = run;
    const output = decode(this.written.get(cell.id) ?? []);
    this.written.delete(cell.id);
    const line = { cell: cell.id, exitStatus, signal, durationMs, output, where };
    const problem = run.problem === null ? {} : { problem: describeProblem(run.problem) };
    this.io.out(`${JSON.stringify({ ...line, ...problem })}\n`);
  }
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return chunks.map((bytes) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode();
}

/** Kept of a background cell's output until it is shown, in characters. */
const mostHeld = 1024 * 1024;

/** A cell's output on its way to whoever reads it. */
type Shown = TerminalFilter | SettledText;

/** What a background cell wrote, held back so that it does not mix with the others' output. */
interface Held {
  readonly filter: Shown;
  text: string;
  cut: boolean;
}

/**
 * The output as it comes, and a line with the outcome behind each cell; background cells as a whole at their end. In a
 * file or a pipe each line as it was left, without colours.
 */
export class TextReport implements RunReport {
  private filter: Shown;
  private readonly background = new Map<string, Held>();
  private atLineStart = true;

  constructor(private readonly io: Io) {
    this.filter = this.fresh();
  }

  begin(cell: Cell): void {
    const filter = this.fresh();
    if (isBackground(cell)) {
      this.background.set(cell.id, { filter, text: '', cut: false });
    } else {
      this.filter = filter;
      this.title(cell, cell.role);
    }
  }

  event(cell: string, event: RunEvent): void {
    if (event.type !== 'output') return;
    const held = this.background.get(cell);
    if (held === undefined) {
      this.write(this.filter.push(event.bytes));
      return;
    }
    hold(held, held.filter.push(event.bytes));
  }

  end(cell: Cell, run: RunSnapshot): void {
    const held = this.background.get(cell.id);
    if (held !== undefined) {
      this.background.delete(cell.id);
      hold(held, held.filter.end());
      this.title(cell, 'background');
      if (held.cut) this.line('…');
      this.write(held.text);
    } else {
      this.write(this.filter.end());
    }
    const mark = run.status === 'done' || (held !== undefined && run.status === 'interrupted') ? '✓' : '✗';
    const facts = [outcome(run)];
    if (run.durationMs !== null) facts.push(duration(run.durationMs));
    if (run.where !== null) facts.push(place(run.where));
    // A program may have left a colour switched on.
    if (this.io.isTerminal === true && !this.io.env.NO_COLOR && !this.atLineStart) this.io.out('\x1b[0m');
    this.line(visibleLine(`${mark} ${givenId(cell) ?? `line ${cell.line}`}: ${facts.join(', ')}`));
    if (run.problem !== null) this.line(`  ${visible(describeProblem(run.problem))}`);
  }

  private fresh(): Shown {
    const { env, isTerminal = false } = this.io;
    return isTerminal ? new TerminalFilter(!env.NO_COLOR) : new SettledText(Boolean(env.FORCE_COLOR));
  }

  private title(cell: Cell, what: string | null): void {
    const role = what === null ? '' : ` (${what})`;
    const id = givenId(cell);
    this.line(id === null ? `▶ line ${cell.line}${role}` : `▶ ${id}${role}, line ${cell.line}`);
  }

  /** A line of ours. Names and places in it come from the note and from the far side. */
  private line(text: string): void {
    this.write(`${this.atLineStart ? '' : '\n'}${visible(text)}\n`);
  }

  private write(text: string): void {
    if (text === '') return;
    this.io.out(text);
    this.atLineStart = text.endsWith('\n');
  }
}

function hold(held: Held, more: string): void {
  const text = held.text + more;
  held.cut ||= text.length > mostHeld;
  held.text = text.slice(-mostHeld);
}

export function isBackground(cell: Cell): boolean {
  return isOn(cell.attributes, 'background');
}

function outcome({ status, exitStatus, signal }: RunSnapshot): string {
  const code = exitStatus === null ? 'no exit status' : `exit status ${exitStatus}`;
  const reason = signal === null ? code : `${code} (signal ${signal})`;
  return status === 'lost' || status === 'interrupted' ? `${status}, ${reason}` : reason;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function place({ user, host, cwd, netns }: NonNullable<RunSnapshot['where']>): string {
  return `${user}@${host}:${cwd}${netns === null ? '' : ` in netns ${netns}`}`;
}

/** Cells that "run all" left out, on stderr so that JSON stays JSON. */
export function reportSkipped(io: Io, skipped: readonly SkippedCell[]): void {
  for (const { cell, reason } of skipped) {
    io.err(`skipped ${visible(cellWithLine(cell))}: ${visible(reason)}\n`);
  }
}

export function reportNotRun(io: Io, notRun: readonly Cell[]): void {
  for (const cell of notRun) {
    io.err(`not run ${visible(cellWithLine(cell))}: a cell before it did not end as expected.\n`);
  }
}

/** For people: how many of the cells that were to run ended as expected. */
export function reportSum(io: Io, good: number, all: number): void {
  io.err(`${good} of ${count(all, 'cell')} ended as expected.\n`);
}

/** That a cell waits for somebody who cannot answer it here. */
export function reportWaiting(io: Io, cells: readonly Cell[], id: string, event: RunEvent): void {
  if (event.type !== 'front' || event.front.waitsFor === null) return;
  const cell = cells.find((each) => each.id === id);
  if (cell === undefined || isBackground(cell)) return;
  const what = { line: 'a line', secret: 'a line that is not shown', keys: 'keys' }[event.front.waitsFor];
  const who = visible(`${event.front.program} in ${cellWithLine(cell)}`);
  io.err(`\n${who} waits for ${what}, and nothing can be typed into a cell from here; ^C ends it.\n`);
}
