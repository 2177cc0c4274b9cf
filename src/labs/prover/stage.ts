import { describeProblem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { compareOutput, type Mismatch } from '../../output/expectation';
import { expectedOutput } from '../expected';
import type { Check, Lab } from '../lab';
import type { LabValues } from '../vars';
import type { Bench, Seen } from './bench';
import { lie, type Lie, type LieKind } from './findings';
import type { Ran, Row, TrialResult, Verdict } from './proof';
import { settledChanges, summarize, takeSnapshot, type Snapshot } from './residue';
import { toolVariants, type ToolVerdict } from './tools';

/** How often an observation that is not as expected is made. */
const LOOKS = 3;

export interface StageOptions {
  readonly lab: Lab;
  readonly values: LabValues;
  /** How often every check is run wherever it is run; 1 or more. */
  readonly repeat: number;
}

/**
 * One trial on a bench: knows how to set the lab up, look at it, and take it away again, and writes down what was seen.
 * The trials (baseline, fault) say in which order.
 */
export class Stage {
  readonly lies: Lie[] = [];
  private readonly rows: Row[] = [];
  private readonly ran: Ran[] = [];
  private machineIsClean = false;

  constructor(
    private readonly trial: string,
    private readonly bench: Bench,
    private readonly options: StageOptions,
  ) {}

  get lab(): Lab {
    return this.options.lab;
  }

  result(): TrialResult {
    const { trial, rows, ran, lies, machineIsClean } = this;
    return { trial, rows, ran, lies, machineIsClean };
  }

  add(kind: LieKind, cell: Cell | null, claimed: string, seen: string, check: string | null = null): void {
    this.lies.push({ ...lie(kind, cell, claimed, seen), check });
  }

  async run(cell: Cell): Promise<Seen> {
    const seen = await this.bench.run(cell, this.options.values);
    const { exitStatus, durationMs, output } = seen;
    this.ran.push({ cell: cell.id, role: cell.role ?? 'plain', exitStatus, durationMs, output });
    return seen;
  }

  /** Runs cells in order and stops at the first that does not end as expected, with a lie of that kind. */
  async runAll(cells: readonly Cell[], kind: LieKind, claimed: (cell: Cell) => string): Promise<boolean> {
    for (const cell of cells) {
      const seen = await this.run(cell);
      if (seen.ok) continue;
      this.add(kind, cell, claimed(cell), outcome(seen));
      return false;
    }
    return true;
  }

  setUp(kind: LieKind = 'setup-fails', when = ''): Promise<boolean> {
    return this.runAll(this.lab.setup, kind, (cell) => `The setup cell \`${cell.id}\` succeeds${when}.`);
  }

  /** What the learner runs, and with it what it is expected to print. */
  async build(cells: readonly Cell[], withExpectations: boolean): Promise<boolean> {
    for (const cell of cells) {
      const expected = withExpectations ? this.expectationsOf(cell, null) : [];
      const seen = await this.look(cell, expected);
      if (seen.ok) continue;
      // A look that finds nothing fails as a command, and that may be what the note wants to show.
      if (cell.role === 'observe' && expected.length > 0) continue;
      this.add(
        'step-fails',
        cell,
        `The ${cell.role ?? 'cell'} \`${cell.id}\` ends as expected.`,
        outcome(seen),
      );
      if (cell.role !== 'observe') return false;
    }
    return true;
  }

  /** Looks again at what the note expects to be seen while this fault is in. */
  async observe(fault: string): Promise<void> {
    const printers = this.lab.expectations.filter((each) => each.fault === fault).map(({ of }) => of);
    for (const cell of this.lab.cells.filter(({ id, runnable }) => runnable && printers.includes(id))) {
      await this.look(cell, this.expectationsOf(cell, fault));
    }
  }

  /** Runs every check, as often as asked, and keeps the row. */
  async check(state: string): Promise<Row> {
    const verdicts: Record<string, Verdict> = {};
    const said: Record<string, string> = {};
    for (const { id, cell } of this.lab.checks) {
      const seen: Seen[] = [];
      for (let n = 0; n < this.options.repeat; n++) seen.push(await this.run(cell));
      const passed = seen.filter(({ ok }) => ok).length;
      verdicts[id] = passed === seen.length ? 'pass' : passed === 0 ? 'fail' : 'flaky';
      const shown = seen.find(({ ok }) => !ok) ?? seen[0];
      said[id] = shown?.output || (shown?.problem ? describeProblem(shown.problem) : '');
      if (verdicts[id] === 'flaky') {
        const claimed = `The check \`${id}\` says the same of the same state (${inWords(state)}).`;
        this.add('flaky', cell, claimed, `It passed ${passed} of ${seen.length} times.`);
      }
      const silent = seen.find(({ output, problem }) => output.trim() === '' && problem === null);
      if (silent) {
        const claimed = `The check \`${id}\` prints one line of what it saw.`;
        this.add(
          'says-nothing',
          cell,
          claimed,
          `It printed nothing (${inWords(state)}, exit status ${silent.exitStatus}).`,
        );
      }
    }
    const row = { state, verdicts, said };
    this.rows.push(row);
    return row;
  }

  /** Which of these failing checks would pass if one of their tools were missing. */
  async checkWithoutTools(checks: readonly Check[], state: string): Promise<void> {
    const variants = toolVariants(checks, this.bench.labDir, this.options.values);
    if (variants === null) return;
    const wrong: ToolVerdict[] = variants.read(await this.bench.script(variants.script));
    for (const { check, tool } of wrong) {
      const claimed = `The check \`${check.id}\` fails (${inWords(state)}), with or without its tools.`;
      this.add('passes-without-tool', check.cell, claimed, `Where \`${tool}\` is missing it passes.`);
    }
  }

  snapshot(name: string): Promise<Snapshot> {
    return takeSnapshot(this.bench, name);
  }

  /** What changed since, in words, once the machine has come to rest; null when nothing did. */
  async changesSince(before: Snapshot): Promise<string | null> {
    const changes = await settledChanges(this.bench, before);
    return changes.length === 0 ? null : summarize(changes);
  }

  /** Takes the lab away and looks for what is left of it. */
  async cleanUp(before: Snapshot, when: string): Promise<boolean> {
    const { cleanup } = this.lab;
    const went = await this.runAll(
      cleanup,
      'cleanup-fails',
      (cell) => `The cleanup \`${cell.id}\` succeeds ${when}.`,
    );
    // Jobs that a step left running end with the live session, and are the lab's to end before.
    const left = await this.changesSince(before);
    this.machineIsClean = went && left === null;
    if (left !== null) {
      this.add('leak', cleanup.at(-1) ?? null, `Nothing is left after the cleanup ${when}.`, left);
    }
    this.bench.restart();
    return this.machineIsClean;
  }

  private expectationsOf(cell: Cell, fault: string | null): Cell[] {
    return this.lab.expectations
      .filter((each) => each.of === cell.id && each.fault === fault)
      .map((each) => each.cell);
  }

  /**
   * Runs a cell and compares what it prints. An observation changes nothing, so one that is not as expected is made
   * again before it counts: a busy machine may have kept `tcpdump` from seeing a packet in time.
   */
  private async look(cell: Cell, expected: readonly Cell[]): Promise<Seen> {
    const holds = ({ output }: Seen) =>
      expected.every((each) => compareOutput(expectedOutput(each), output) === null);
    let seen = await this.run(cell);
    for (let look = 1; look < LOOKS && cell.role === 'observe' && !holds(seen); look++)
      seen = await this.run(cell);
    this.compare(cell, expected, seen);
    return seen;
  }

  private compare(cell: Cell, expected: readonly Cell[], { output }: Seen): void {
    for (const each of expected) {
      const mismatch = compareOutput(expectedOutput(each), output);
      if (mismatch === null) continue;
      this.add(
        'expectation',
        each,
        `\`${cell.id}\` prints what stands below it.`,
        describeMismatch(mismatch, output),
      );
    }
  }
}

/** How a cell ended, with the end of what it printed. */
export function outcome({ exitStatus, output, problem }: Seen): string {
  const end = output.trimEnd().split('\n').slice(-6).join('\n');
  const how = problem === null ? `Exit status ${exitStatus ?? 'unknown'}` : describeProblem(problem);
  return end === ''
    ? `${how}${problem === null ? ', and nothing was printed.' : ''}`
    : `${how}${problem === null ? ':' : ''}\n${end}`;
}

function describeMismatch({ wanted, found }: Mismatch, output: string): string {
  if (output.trim() === '') return `Expected: ${wanted ?? 'nothing'}\nIt printed nothing.`;
  return `Expected: ${wanted ?? 'nothing more'}\nPrinted:  ${found ?? 'nothing more'}`;
}

function inWords(state: string): string {
  if (state === 'before') return 'before anything is built';
  if (state === 'whole') return 'while nothing is broken';
  return state.startsWith('mended ') ? `after the solution of ${state.slice(7)}` : `while ${state} is in`;
}
