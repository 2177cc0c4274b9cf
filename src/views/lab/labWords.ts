import { count } from '../../base/count';
import { firstFailingLayer, isUnbuilt, nextHint, usefulFaults, type Attempt } from '../../labs/attempt';
import type { Lab } from '../../labs/lab';
import type { Completion } from './labProgress';

/** Where an attempt stands, in a few words; before it, what the lab has to offer and how it was left. */
export function progressWords(lab: Lab, attempt: Attempt | null, completion: Completion | null): string {
  if (attempt === null) return [sizeWords(lab), ...completionWords(completion)].join(' · ');
  if (attempt.completedAt !== null && attempt.fault === null)
    return ['Completed', ...endWords(attempt, completion)].join(' · ');
  const failing = lab.checks.filter(({ id }) => attempt.checks[id]?.verdict === 'fail').length;
  const isSeen = lab.checks.some(({ id }) => attempt.checks[id] !== undefined);
  const now = !isSeen
    ? 'not checked yet'
    : failing === 0
      ? 'all checks pass'
      : `${failing} of ${count(lab.checks.length, 'check')} failing`;
  return `${attempt.fault === null ? 'Running' : 'Broken'}: ${now} · ${attempt.counted.length} of ${lab.checks.length} done`;
}

function sizeWords({ checks, faults }: Lab): string {
  return [
    count(checks.length, 'check'),
    ...(faults.length === 0 ? [] : [count(faults.length, 'fault')]),
  ].join(', ');
}

function completionWords(completion: Completion | null): string[] {
  if (completion === null) return [];
  if (completion.isDue) return [`completed on ${completion.on}, due again`];
  return [`completed on ${completion.on}`, ...dueWords(completion)];
}

function endWords(
  { startedAt, completedAt, solved, hints }: Attempt,
  completion: Completion | null,
): string[] {
  const minutes = Math.max(1, Math.round(((completedAt ?? startedAt) - startedAt) / 60_000));
  return [
    `${minutes} min`,
    ...(solved.length === 0 ? [] : [`${count(solved.length, 'fault')} solved`]),
    ...(hints.length === 0 ? [] : [count(hints.length, 'hint')]),
    ...dueWords(completion),
  ];
}

function dueWords(completion: Completion | null): string[] {
  return completion?.due ? [`due again on ${completion.due}`] : [];
}

/** What to look at next: the layer nearest to the cause, and whether a hint is due; where all passes, that it can be broken. */
export function adviceWords(lab: Lab, attempt: Attempt): string {
  const layer = firstFailingLayer(attempt, lab);
  if (layer === undefined && nextThing(lab, attempt) === 'break')
    return 'It works. Choose Break it, and find out what is wrong then.';
  return [
    ...(isUnbuilt(attempt, lab) ? ['Take the steps of the note, then check.'] : []),
    ...(layer ? [`The first failing layer is ${layer}.`] : []),
    ...(nextHint(attempt, lab, false) === null ? [] : ['A hint is ready.']),
  ].join(' ');
}

/** The action that a learner most likely wants next; it is the one that stands out. */
export function nextThing(lab: Lab, attempt: Attempt | null): 'start' | 'check' | 'break' | 'cleanup' {
  if (attempt === null) return 'start';
  if (attempt.completedAt !== null && attempt.fault === null) {
    // Who built it has not yet found anything.
    return lab.faults.length > 0 && attempt.solved.length === 0 ? 'break' : 'cleanup';
  }
  const allPass = lab.checks.every(({ id }) => attempt.checks[id]?.verdict === 'pass');
  return allPass && attempt.fault === null && usefulFaults(attempt, lab).length > 0 ? 'break' : 'check';
}
