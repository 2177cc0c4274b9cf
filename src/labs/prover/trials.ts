import type { Fault, Lab } from '../lab';
import type { LabValues } from '../vars';
import type { Bench } from './bench';
import { faultTrial } from './faultTrial';
import { baselineTrial } from './baselineTrial';
import type { TrialResult } from './proof';

/** A part of a proof that begins and ends on a clean machine, so that parts can run on several at once. */
export interface Trial {
  readonly name: string;
  run(bench: Bench): Promise<TrialResult>;
}

export interface TrialOptions {
  readonly repeat: number;
  /** Values of the lab's variables in the nth trial. */
  readonly values: (nth: number) => LabValues;
}

/** Everything that has to be tried to prove a lab: it as a whole, and each fault from a clean state. */
export function planTrials(lab: Lab, { repeat, values }: TrialOptions): Trial[] {
  const options = (nth: number) => ({ lab, repeat, values: values(nth) });
  return [
    { name: 'baseline', run: (bench) => baselineTrial(bench, options(0)) },
    ...lab.faults.map((fault, i) => ({
      name: `fault ${fault.id}`,
      run: (bench: Bench) => faultTrial(bench, fault, toolChecks(lab, fault), options(i + 1)),
    })),
  ];
}

/** The checks whose tools are tried while this fault is in: each check with the first fault that claims to break it. */
function toolChecks(lab: Lab, fault: Fault): string[] {
  return fault.breaks.filter((id) => lab.faults.find(({ breaks }) => breaks.includes(id)) === fault);
}
