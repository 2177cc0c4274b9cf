import { asProblem, describeProblem } from '../../base/problem';
import type { Lab } from '../../labs/lab';
import { lie } from '../../labs/prover/findings';
import type { TrialResult } from '../../labs/prover/proof';
import type { Trial } from '../../labs/prover/trials';
import type { Bench } from '../../labs/prover/bench';
import type { Machines, ProvingMachine } from './provingMachine';

/** A lab on its way through the prover. */
export interface ProvingJob {
  readonly lab: Lab;
  readonly trials: readonly Trial[];
  /** How many machines on one network it needs. */
  readonly nodes: number;
  /** Looks at the machine, of so many nodes, before the first trial; false when the lab cannot be proved there. */
  begin(bench: Bench, nodes: number): Promise<boolean>;
  /** Called before each trial, with its place among them, from 0. */
  onTrial(trial: Trial, index: number): void;
  /** Called once, when all trials have ended, or `begin` said no or failed. */
  end(results: readonly TrialResult[]): Promise<void>;
}

/** How a bench is made of a machine, for one job; `close` ends its connections. */
export type OpenBench = (machine: ProvingMachine, job: ProvingJob) => Promise<OpenedBench>;

export type OpenedBench = Bench & { close(): void };

interface Work {
  readonly job: ProvingJob;
  /** Resolves once `begin` has said yes or no; null while nobody asked. */
  begun: Promise<boolean> | null;
  next: number;
  readonly results: Map<Trial, TrialResult>;
}

/**
 * Works through the jobs with several machines at once: each worker begins a lab nobody has begun, and helps with the
 * trials of begun ones when there is none left. Every lab asks for a machine of its own in every worker, and so does every
 * trial after one that left something behind; whether that is a new one is for `machines` to say.
 *
 * @param stop the caller's: the proof ends at the next trial; what broke off by then is no result
 * @throws the reason of `stop`, or what a worker failed with: that ends the other workers in the same way
 */
export async function prove(
  jobs: readonly ProvingJob[],
  workers: number,
  machines: Machines,
  open: OpenBench,
  stop: AbortSignal,
): Promise<void> {
  const queue: Work[] = jobs.map((job) => ({ job, begun: null, next: 0, results: new Map() }));
  const most = Math.max(
    1,
    Math.min(
      workers,
      queue.reduce((sum, { job }) => sum + job.trials.length, 0),
    ),
  );
  // Stopped by the caller, or by a worker that failed.
  const stopWorkers = new AbortController();
  const stopAll = () => stopWorkers.abort(stop.reason);
  if (stop.aborted) stopAll();
  stop.addEventListener('abort', stopAll);
  const atWork = Array.from({ length: most }, async () => {
    try {
      await worker(queue, machines, open, stopWorkers.signal);
    } catch (error) {
      stopWorkers.abort(error);
      throw error;
    }
  });
  const ends = await Promise.allSettled(atWork);
  stop.removeEventListener('abort', stopAll);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function worker(
  queue: readonly Work[],
  machines: Machines,
  open: OpenBench,
  stop: AbortSignal,
): Promise<void> {
  for (let work = nextWork(queue); work !== null; work = nextWork(queue)) {
    stop.throwIfAborted();
    const seat = new Seat(machines, open, work.job);
    try {
      work.begun ??= begin(work, seat, stop);
      if (await work.begun) await runTrials(work, seat, machines.areFresh, stop);
      // What is left now was looked at: every trial ends with nothing left behind, or with another machine.
      await seat.leave(true);
    } finally {
      await seat.leave();
    }
  }
}

/** A lab nobody has begun, else the one with the most trials left. */
function nextWork(queue: readonly Work[]): Work | null {
  const left = ({ job, next }: Work) => job.trials.length - next;
  const unbegun = queue.find((work) => work.begun === null);
  return unbegun ?? queue.filter((work) => left(work) > 0).sort((a, b) => left(b) - left(a))[0] ?? null;
}

async function begin(work: Work, seat: Seat, stop: AbortSignal): Promise<boolean> {
  const { job } = work;
  let may = false;
  let results: readonly TrialResult[] = [];
  try {
    const bench = await seat.bench();
    try {
      may = await job.begin(bench, seat.nodes);
    } catch (error) {
      stop.throwIfAborted();
      results = [brokeOff('baseline', error)];
    }
  } finally {
    if (!may) work.next = job.trials.length;
  }
  if (!may) await job.end(results);
  return may;
}

async function runTrials(work: Work, seat: Seat, areFresh: boolean, stop: AbortSignal): Promise<void> {
  const { job, results } = work;
  for (let trial = job.trials[work.next]; trial !== undefined; trial = job.trials[work.next]) {
    job.onTrial(trial, work.next++);
    const result = await runTrial(trial, await seat.bench());
    stop.throwIfAborted();
    results.set(trial, result);
    // Asked at once: while this worker gives its machine back, another may set the last result.
    const isLast = results.size === job.trials.length;
    if (!result.machineIsClean && areFresh) await seat.leave(false);
    if (isLast) {
      await job.end(job.trials.flatMap((each) => results.get(each) ?? []));
    }
  }
}

/** A trial that breaks off has shown nothing but that. */
async function runTrial(trial: Trial, bench: Bench): Promise<TrialResult> {
  try {
    return await trial.run(bench);
  } catch (error) {
    return brokeOff(trial.name, error);
  }
}

function brokeOff(trial: string, error: unknown): TrialResult {
  const seen = describeProblem(asProblem(error, 'The trial broke off.'));
  const lost = lie('machine', null, `The trial “${trial}” can be carried through.`, seen);
  return { trial, rows: [], ran: [], lies: [lost], machineIsClean: false };
}

/** A worker's place at a machine: a fresh one when it sits down, and another after it has left. */
class Seat {
  private place: { readonly machine: ProvingMachine; readonly bench: OpenedBench } | null = null;

  constructor(
    private readonly machines: Machines,
    private readonly open: OpenBench,
    private readonly job: ProvingJob,
  ) {}

  /** How many nodes its machine has; none while there is no machine. */
  get nodes(): number {
    return this.place?.machine.nodes ?? 0;
  }

  async bench(): Promise<Bench> {
    if (this.place !== null) return this.place.bench;
    const machine = await this.machines.fresh(this.job.nodes);
    try {
      this.place = { machine, bench: await this.open(machine, this.job) };
      return this.place.bench;
    } catch (error) {
      await machine.leave(false);
      throw error;
    }
  }

  async leave(isClean = false): Promise<void> {
    const { place } = this;
    this.place = null;
    place?.bench.close();
    await place?.machine.leave(isClean);
  }
}
