import { problem, type Problem } from '../base/problem';
import type { RunRequest } from '../runs/contract';
import { utf8 } from './bytes';
import type { ChannelEnd } from './channel';

/** A cell larger than this is refused; the driver needs about a second for this much. */
const largestSource = 1024 * 1024;

const nothingRerun = 'Run the cell again when you are ready: nothing is re-run by itself.';

/** Why a cell cannot be sent, or null. `inside`: it would run in a shell that was entered. */
export function refusalOf({ source, separateStreams }: RunRequest, inside: boolean): Problem | null {
  if (source.includes('\0')) return sourceHasNul();
  if (separateStreams === true && inside) return noPipesInside();
  const length = utf8(source).length;
  return length > largestSource ? sourceTooLarge(length) : null;
}

function sourceTooLarge(bytes: number): Problem {
  return problem(
    `The cell was not run: it is ${bytes} bytes long, and a cell may have ${largestSource}.`,
    '',
    'Put the data into a file on the machine and read it there.',
  );
}

function sourceHasNul(): Problem {
  return problem(
    'The cell was not run: it holds a NUL byte, which bash cannot take.',
    '',
    'Remove the invisible character, or write it as \\0 for printf.',
  );
}

function noPipesInside(): Problem {
  return problem(
    'The cell was not run: its streams cannot be had apart in a shell that was entered.',
    'Their pipes lie outside of it.',
    'Run it without tty=false, or in a session opened there (in=container:…, in=netns:…, host=…).',
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

export function pipesFailed(host: string, error: unknown): Problem {
  return problem(
    'The cell was not run: its separate streams could not be set up.',
    error instanceof Error ? error.message : String(error),
    `It needs mktemp and mkfifo on ${host}, and a second channel there; without tty=false it needs neither.`,
  );
}

export function nothingToEnter(): Problem {
  return problem(
    'There is no shell to enter.',
    'No cell of this session runs.',
    'Run a cell that opens one (bash, sudo -i, docker exec -it web sh), and enter it while it waits.',
  );
}

/** It is still waited for. */
export function slowToEnter(host: string, seconds: number): Problem {
  return problem(
    `The program in front on ${host} has not answered as bash for ${seconds} s. It is still waited for.`,
    'The machine may be busy, or the program may be no shell.',
    'If it is none, leave it in its own way, or interrupt the cell.',
  );
}

/** @param seconds how long it was waited for, or null when it was seen before that it does not listen */
export function notEntered(host: string, seconds: number | null): Problem {
  return problem(
    `The program in front on ${host} was not entered.`,
    `No bash answered${seconds === null ? '' : ` within ${seconds} s`}: it may be no shell, be busy, or have no bash around it.`,
    'The cell still runs; leave the program in its own way, or interrupt it.',
  );
}

export function endedInstead(host: string): Problem {
  return problem(
    `The program in front on ${host} was not entered.`,
    'The cell ended before a bash answered.',
    'Run the cell again, and enter its shell while it waits.',
  );
}

export function enteredShellEnded(): Problem {
  return problem(
    'The shell that was entered ended with the cell.',
    'Its variables, functions and directory are gone.',
    'The next run goes to the shell around it.',
  );
}
