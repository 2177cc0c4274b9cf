import { usefulFaults, type Attempt } from '../../labs/attempt';
import type { Lab } from '../../labs/lab';

/** Where an attempt stands, in a few words. */
export function progressWords(lab: Lab, attempt: Attempt | null): string {
  const size = `${plural(lab.checks.length, 'check')}${lab.faults.length === 0 ? '' : `, ${plural(lab.faults.length, 'fault')}`}`;
  if (attempt === null) return size;
  if (attempt.completedAt !== null) return `Completed · ${plural(attempt.solved.length, 'fault')} solved`;
  const failing = lab.checks.filter(({ id }) => attempt.checks[id]?.verdict === 'fail').length;
  const now =
    failing === 0 ? 'all checks pass' : `${failing} of ${plural(lab.checks.length, 'check')} failing`;
  return `${attempt.fault === null ? 'Running' : 'Broken'}: ${now} · ${attempt.counted.length} of ${lab.checks.length} done`;
}

/** The action that a learner most likely wants next; it is the one that stands out. */
export function nextThing(lab: Lab, attempt: Attempt | null): 'start' | 'check' | 'break' | 'cleanup' {
  if (attempt === null) return 'start';
  if (attempt.completedAt !== null) return 'cleanup';
  const allPass = lab.checks.every(({ id }) => attempt.checks[id]?.verdict === 'pass');
  return allPass && attempt.fault === null && usefulFaults(attempt, lab).length > 0 ? 'break' : 'check';
}

function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
