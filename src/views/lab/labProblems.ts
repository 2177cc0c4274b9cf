/** What can stand in the way of a lab's actions, in words for the learner. */
import { problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import type { Attempt } from '../../labs/attempt';
import type { RunSnapshot } from '../../runs/snapshot';

export function unexpectedEnd(cell: Cell, { exitStatus }: RunSnapshot): Problem {
  return problem(
    `The ${cell.role ?? 'cell'} in line ${cell.line} did not end as expected.`,
    exitStatus === null ? '' : `It ended with exit status ${exitStatus}.`,
    'Its output stands below it in the note.',
  );
}

export function blocked(missing: readonly string[]): Problem {
  return problem(
    'This lab cannot run on this machine.',
    `The machine lacks ${missing.join(', ')}.`,
    'Install it there (`labpath doctor` says how), or choose another machine.',
  );
}

export function notStarted(): Problem {
  return problem('This lab has not been started.', '', 'Choose Start first.');
}

export function noHint({ checks }: Attempt): Problem {
  const failing = Object.values(checks).some(({ verdict }) => verdict === 'fail');
  return failing
    ? problem(
        'There is no further hint.',
        'All hints for what fails now were shown.',
        'The solution is still there.',
      )
    : problem('There is nothing to hint at.', 'No check has failed yet.', 'Run the checks first.');
}

export function noSolution({ fault }: Attempt): Problem {
  return fault === null
    ? problem('There is nothing to solve.', 'No fault is in.', 'Break it first.')
    : problem('All of the solution was shown.', '', 'Run it, then check again.');
}
