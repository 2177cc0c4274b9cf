/** What can stand in the way of a lab's actions, in words for the learner. */
import { problem, type Problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { isUnbuilt, nextStep, solutionSteps, type Attempt } from '../../labs/attempt';
import type { Lab } from '../../labs/lab';
import { machineFor, requirementsInWords, upArguments } from '../../path/requirements';
import type { RunSnapshot } from '../../runs/snapshot';
import { cellTitle } from '../cell/words';

export function unexpectedEnd(cell: Cell, { exitStatus }: RunSnapshot): Problem {
  return problem(
    `The ${cell.role ?? 'cell'} in line ${cell.line} did not end as expected.`,
    exitStatus === null ? '' : `It ended with exit status ${exitStatus}.`,
    'Its output stands below it in the note.',
  );
}

export function blocked(missing: readonly string[]): Problem {
  const better = machineFor(missing);
  const other =
    better === null
      ? 'choose another machine'
      : `use a machine that has it: \`${['labpath lab up', ...upArguments(better)].join(' ')}\``;
  return problem(
    'This lab cannot run on this machine.',
    `The machine lacks ${requirementsInWords(missing)}.`,
    `Install it there (\`labpath doctor\` says how), or ${other}.`,
  );
}

export function notStarted(): Problem {
  return problem('This lab has not been started.', '', 'Choose Start first.');
}

export function noHint(attempt: Attempt, lab: Lab): Problem {
  if (isUnbuilt(attempt, lab)) return notBuilt(attempt, lab);
  const { checks } = attempt;
  const failing = Object.values(checks).some(({ verdict }) => verdict === 'fail');
  return failing
    ? problem(
        'There is no further hint.',
        'All hints for what fails now were shown.',
        'The solution is still there.',
      )
    : problem('There is nothing to hint at.', 'No check has failed yet.', 'Run the checks first.');
}

export function noSolution(attempt: Attempt, lab: Lab): Problem {
  if (solutionSteps(attempt, lab).length > 0)
    return problem('All of the solution was shown.', '', 'Run its steps, then check again.');
  if (isUnbuilt(attempt, lab)) return notBuilt(attempt, lab);
  return attempt.fault === null && lab.faults.length > 0
    ? problem('There is nothing to solve.', 'No fault is in.', 'Break it first.')
    : problem('There is no solution.', 'The note has none for this.', 'The hints may lead on.');
}

/** A fault is only found where everything else works. */
export function notWhole(attempt: Attempt, lab: Lab): Problem {
  return nextStep(attempt, lab) === null
    ? problem('There is something broken already.', 'Some checks fail.', 'Mend it first, or choose Reset.')
    : notBuilt(attempt, lab);
}

function notBuilt(attempt: Attempt, lab: Lab): Problem {
  const step = nextStep(attempt, lab);
  return problem(
    'It is not built yet.',
    'What fails now is what the steps of the note make.',
    step === null ? 'Check again.' : `The next step is ${cellTitle(step)}. Run the steps, then check again.`,
  );
}

export function nothingLooks(): Problem {
  return problem(
    'There is nothing to look with.',
    'The note has no `observe` fence with a name.',
    'Add one such as ```bash {observe #links}.',
  );
}
