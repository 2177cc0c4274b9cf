import { describe, expect, it } from 'vitest';
import { problem, ProblemError } from '../../src/base/problem';
import type { Machines } from '../../src/cli/verify/provingMachine';
import { prove, type OpenedBench, type ProvingJob } from '../../src/cli/verify/schedule';
import { readLab } from '../../src/labs/lab';
import type { TrialResult } from '../../src/labs/prover/proof';

/** Machines that only count how many were asked for. */
function counting(): { machines: Machines; asked: () => number } {
  let asked = 0;
  const machines: Machines = {
    areFresh: true,
    fresh(nodes) {
      asked++;
      return Promise.resolve({
        find: () => Promise.resolve(null),
        nodes,
        host: 'lab',
        reset: () => Promise.resolve(),
        leave: () => Promise.resolve(),
      });
    },
    close: () => Promise.resolve(),
  };
  return { machines, asked: () => asked };
}

const bench = { close: () => undefined } as OpenedBench;
const open = () => Promise.resolve(bench);
const fine = (trial: string): TrialResult => ({
  trial,
  rows: [],
  ran: [],
  lies: [],
  machineIsClean: false,
});

interface Told {
  readonly job: ProvingJob;
  /** What `end` was called with. */
  readonly ended: (readonly TrialResult[])[];
}

function job(trials: Readonly<Record<string, () => Promise<TrialResult>>>, begin = () => true): Told {
  const ended: (readonly TrialResult[])[] = [];
  return {
    ended,
    job: {
      lab: readLab([]),
      trials: Object.entries(trials).map(([name, run]) => ({ name, run })),
      nodes: 1,
      begin: () => Promise.resolve().then(begin),
      onTrial: () => undefined,
      end: (results) => Promise.resolve(void ended.push(results)),
    },
  };
}

describe('the schedule of the prover', () => {
  it('calls what broke off because of an interruption no result, and asks for no machine after it', async () => {
    const stop = new AbortController();
    const { machines, asked } = counting();
    const first = job({
      baseline: () => {
        stop.abort(new ProblemError(problem('Interrupted.')));
        return Promise.reject(new Error('the connection is gone'));
      },
    });
    const second = job({ baseline: () => Promise.resolve(fine('baseline')) });
    await expect(prove([first.job, second.job], 1, machines, open, stop.signal)).rejects.toThrow(
      'Interrupted.',
    );
    expect([first.ended, second.ended, asked()]).toEqual([[], [], 1]);
  });

  it('reports a lab whose first contact failed, and goes on with the next', async () => {
    const { machines } = counting();
    const first = job({ baseline: () => Promise.resolve(fine('baseline')) }, () => {
      throw new ProblemError(problem('No answer from bash.'));
    });
    const second = job({ baseline: () => Promise.resolve(fine('baseline')) });
    await prove([first.job, second.job], 1, machines, open, new AbortController().signal);
    expect(first.ended[0]?.[0]?.lies.map(({ seen }) => seen)).toEqual(['No answer from bash.']);
    expect(second.ended).toEqual([[fine('baseline')]]);
  });

  it('reports a lab once, also when its last two trials leave something behind at the same time', async () => {
    const { machines } = counting();
    const leaving: Machines = {
      ...machines,
      fresh: async (nodes) => ({
        ...(await machines.fresh(nodes)),
        leave: () => new Promise((resolve) => setTimeout(resolve, 20)),
      }),
    };
    let arrived = 0;
    let meet: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (meet = resolve));
    const together = (name: string) => async () => {
      if (++arrived === 2) meet();
      await both;
      return fine(name);
    };
    const lab = job({ baseline: together('baseline'), 'fault x': together('fault x') });
    await prove([lab.job], 2, leaving, open, new AbortController().signal);
    expect(lab.ended).toEqual([[fine('baseline'), fine('fault x')]]);
  });

  it('ends when no machine can be had, and the other workers with it', async () => {
    const { machines } = counting();
    let asked = 0;
    const short: Machines = {
      ...machines,
      fresh: (nodes) =>
        ++asked === 1 ? Promise.reject(new ProblemError(problem('No machine.'))) : machines.fresh(nodes),
    };
    const slow = () => new Promise<TrialResult>((resolve) => setTimeout(() => resolve(fine('x')), 20));
    const jobs = [job({ a: slow }), job({ a: slow, b: slow, c: slow })];
    await expect(
      prove(
        jobs.map((each) => each.job),
        2,
        short,
        open,
        new AbortController().signal,
      ),
    ).rejects.toThrow('No machine.');
    expect(jobs.map(({ ended }) => ended)).toEqual([[], []]);
  });
});
