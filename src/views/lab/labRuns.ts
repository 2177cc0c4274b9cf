import type { Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import type { Attempt } from '../../labs/attempt';
import type { Lab } from '../../labs/lab';
import { namesIn } from '../../labs/capabilities';
import { unmet } from '../../path/requirements';
import type { RunSnapshot } from '../../runs/snapshot';
import type { CellDesk } from '../cell/cellDesk';
import { machineToken, requirementsCell, tokenCell } from './ownCells';
import { unexpectedEnd } from './labProblems';

/** Why an action of a lab went no further; null when the user did not want it. */
export class Stopped extends Error {
  /** @param isMild nothing went wrong; there was only nothing to do */
  constructor(
    readonly problem: Problem | null,
    readonly isMild = false,
  ) {
    super(problem?.what ?? 'Stopped.');
  }
}

/** Runs the cells of a lab's actions, and our own that look after the machine. Rejects with `Stopped`. */
export class LabRuns {
  constructor(
    private readonly desk: CellDesk,
    /** What is being done with a note, in words. */
    private readonly tell: (note: string, doing: string) => void,
    /** How many nodes the machine of a note has. */
    private readonly nodesOf: (note: string) => number,
  ) {}

  /** One question for everything that an action is going to run. */
  async ask(note: string, cells: readonly Cell[]): Promise<void> {
    if (!(await this.desk.mayRun(note, cells))) throw new Stopped(null);
  }

  /** Which of a lab's requirements the machine does not meet. */
  async missing(note: string, requirements: readonly string[]): Promise<readonly string[]> {
    if (requirements.length === 0) return [];
    this.tell(note, 'Looking at the machine');
    const run = await this.run(note, requirementsCell(requirements));
    return unmet(requirements, { names: namesIn(run.output.plain()), nodes: this.nodesOf(note) });
  }

  async setUp(note: string, lab: Lab, { startedAt }: Attempt): Promise<void> {
    await this.runAll(note, lab.setup, 'Setting up');
    await this.run(note, machineToken(startedAt));
  }

  /** Takes the lab away, and with it what the learner's sessions hold. */
  async cleanUp(note: string, lab: Lab): Promise<void> {
    await this.runAll(note, lab.cleanup, 'Cleaning up');
    this.desk.restart(note);
  }

  /** From a clean machine to where the attempt stands, the fault left out. */
  async replay(note: string, lab: Lab, attempt: Attempt): Promise<void> {
    await this.cleanUp(note, lab);
    await this.setUp(note, lab, attempt);
    await this.runAll(note, stepsOf(attempt, lab), 'Replaying your steps');
  }

  /** Puts a fault in. Which one it was shall not be told by its cell, should the learner come by. */
  async putIn(note: string, cell: Cell): Promise<void> {
    await this.run(note, cell);
    this.desk.clear(note, cell.id);
  }

  /** What observations print, whatever their end. */
  async look(note: string, cells: readonly Cell[]): Promise<readonly string[]> {
    const printed: string[] = [];
    for (const cell of cells) printed.push((await this.run(note, cell, 'any end')).output.plain().trimEnd());
    return printed;
  }

  /** Whether this is still the machine the attempt began on. */
  async isSameMachine(note: string, { startedAt }: Attempt): Promise<boolean> {
    const run = await this.run(note, tokenCell(startedAt), 'any end');
    return run.status === 'done';
  }

  async runAll(note: string, cells: readonly Cell[], doing: string): Promise<void> {
    for (const [i, cell] of cells.entries()) {
      this.tell(note, cells.length === 1 ? doing : `${doing} (${i + 1} of ${cells.length})`);
      await this.run(note, cell);
    }
  }

  async run(
    note: string,
    cell: Cell,
    want: 'expected end' | 'any end' = 'expected end',
  ): Promise<RunSnapshot> {
    const run = await this.desk.runNow(note, cell, { agreed: true });
    if (run === null) throw new Stopped(null);
    const ended =
      run.status === 'done' || (want === 'any end' && run.status === 'failed' && run.exitStatus !== null);
    if (!ended) throw new Stopped(run.problem ?? unexpectedEnd(cell, run));
    return run;
  }
}

/** The cells of the steps the learner took, in their order. */
export function stepsOf({ steps }: Attempt, lab: Lab): Cell[] {
  return steps.flatMap((id) => lab.cells.find((cell) => cell.id === id) ?? []);
}
