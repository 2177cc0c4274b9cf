import { masked, type Mask } from '../../output/expectation';

/** Told apart from other words without doubt; a process id or a number may be what matters. */
const SURE: readonly Mask[] = ['mac', 'time'];

/** `mask=…` for what in an output will be another one next time, or nothing. */
export function maskFor(output: string): string {
  const found = SURE.filter((mask) => masked(output, [mask]) !== output);
  return found.length === 0 ? '' : `mask=${found.join(',')}`;
}
