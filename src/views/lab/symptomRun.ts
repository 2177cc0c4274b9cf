import { lookingCells, type Observed } from '../../labs/authoring/symptom';
import type { Fault } from '../../labs/lab';
import { nothingLooks } from './labProblems';
import { Stopped, type LabRuns } from './labRuns';
import type { LabState } from './labState';

/**
 * What the note's observations print while nothing is broken and while a fault is in, from a clean state to a clean
 * state; null when it did not come to that, which the strip then says. It ends an attempt that goes on.
 */
export async function observeFault(
  state: LabState,
  runs: LabRuns,
  note: string,
  fault: Fault,
): Promise<readonly Observed[] | null> {
  let observed: readonly Observed[] | null = null;
  await state.exclusively(note, 'Capturing the symptom', async (lab) => {
    const looks = lookingCells(lab);
    if (looks.length === 0) throw new Stopped(nothingLooks());
    const steps = lab.body.filter(({ role }) => role !== 'observe');
    await runs.ask(note, [...lab.cleanup, ...lab.setup, ...steps, ...looks, fault.cell]);
    try {
      await runs.cleanUp(note, lab);
      state.keep(note, null);
      await runs.runAll(note, lab.setup, 'Setting up');
      await runs.runAll(note, steps, 'Taking the steps');
      const whole = await runs.look(note, looks);
      await runs.putIn(note, fault.cell);
      const broken = await runs.look(note, looks);
      observed = looks.map(({ id }, i) => ({ of: id, whole: whole[i] ?? '', broken: broken[i] ?? '' }));
    } finally {
      await runs.cleanUp(note, lab);
    }
  });
  return observed;
}
