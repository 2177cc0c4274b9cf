import { problem, type Problem } from '../base/problem';
import type { ChannelEnd } from './channel';

/** A cell larger than this is refused; the driver needs about a second for this much. */
export const largestSource = 1024 * 1024;

const nothingRerun = 'Run the cell again when you are ready: nothing is re-run by itself.';

export function sourceTooLarge(bytes: number): Problem {
  return problem(
    `The cell was not run: it is ${bytes} bytes long, and a cell may have ${largestSource}.`,
    '',
    'Put the data into a file on the machine and read it there.',
  );
}

export function sourceHasNul(): Problem {
  return problem(
    'The cell was not run: it holds a NUL byte, which bash cannot take.',
    '',
    'Remove the invisible character, or write it as \\0 for printf.',
  );
}

export function connectionLost(host: string, end: ChannelEnd, shellPid: number): Problem {
  const reason = end.reason === '' ? '' : ` (${end.reason})`;
  return problem(
    `The connection to ${host} was lost while the cell was running${reason}.`,
    `Output up to here is kept; the command may or may not have finished, and may still be running there (shell pid ${shellPid}).`,
    nothingRerun,
  );
}

export function shellEnded(end: ChannelEnd): Problem {
  const how = end.signal === null ? `exit status ${end.exitStatus}` : `signal ${end.signal}`;
  return problem(
    `The shell of this session ended with the cell (${how}).`,
    'Its variables, functions, directory and background jobs are gone.',
    'The next run starts a new shell.',
  );
}

export function notRestarted(host: string, exitStatus: number): Problem {
  return problem(
    `The cell ended with exit status ${exitStatus}, but its shell on ${host} could not be started again.`,
    'Its variables, functions, directory and background jobs are gone.',
    'The next run starts a new shell.',
  );
}

export function sessionClosed(): Problem {
  return problem('The session was closed while the cell was running.', 'Output up to here is kept.', '');
}

export function neverStarted(why: string): Problem {
  return problem('The cell was not run.', why, nothingRerun);
}

export function sessionGone(host: string): string {
  return `The session on ${host} ended before its turn came.`;
}

export function couldNotInterrupt(host: string): Problem {
  return problem(
    `The cell did not stop, so its session on ${host} was ended.`,
    'It ignored ^C, TERM and KILL, or they were not permitted; variables, functions and directory are gone.',
    'The next run starts a new shell.',
  );
}

export function noAnswer(host: string): Problem {
  return problem(
    `The shell on ${host} does not answer, so its session was ended.`,
    'It took the cell but never said that it began; the cell has most likely not run.',
    'The next run starts a new shell.',
  );
}
