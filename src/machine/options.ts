import { problem, ProblemError } from '../base/problem';
import type { MachineKind } from './guest';
import { defaultLimits, type Limits } from './limits';

/** What a machine is started with; kept for its resets. */
export interface MachineOptions {
  readonly kind: MachineKind;
  /** How many Linuxes on one segment: 1 to `mostNodes`. */
  readonly nodes: number;
  readonly limits: Limits;
  /** Whether a virtual machine reaches the networks of this computer. A sandbox never does. */
  readonly internet: boolean;
}

export function machineOptions(
  kind: MachineKind,
  change: Partial<Omit<MachineOptions, 'kind'>> = {},
): MachineOptions {
  return { kind, nodes: 1, limits: defaultLimits(kind), internet: false, ...change };
}

/** Options as the starter hands them to the server process it starts. */
export function optionsFromText(text: string): MachineOptions {
  try {
    return JSON.parse(text) as MachineOptions;
  } catch {
    throw new ProblemError(problem('The server of the lab machine was started with half its options.'));
  }
}
