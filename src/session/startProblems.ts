import { problem, type Problem } from '../base/problem';
import type { ChannelEnd } from './channel';
import type { Place } from './place';

/** The shell closed before it was ready. `printed` is what came instead. */
export function didNotStart(host: string, place: Place, end: ChannelEnd, printed: string): Problem {
  const said = quoted(host, printed);
  switch (place.kind) {
    case 'machine':
      break;
    case 'netns':
      return problem(
        `No shell could be opened in the network namespace ${place.name} of ${host}.`,
        said,
        `Create it first (ip netns add ${place.name}); to enter one, you must be root or have sudo without a password.`,
      );
    case 'container':
      return problem(
        `No shell could be opened in the container ${place.name} on ${host}.`,
        said,
        'Start it first; it needs bash inside, and your user must be allowed to enter it.',
      );
  }
  if (/restricted/.test(printed)) {
    return problem(`The login shell on ${host} is restricted, which Labpath cannot work in.`, said, '');
  }
  if (end.exitStatus === 127 || /bash: (command )?not found/i.test(printed)) {
    return problem(
      `bash was not found on ${host}.`,
      said,
      'Labpath needs bash there; install it, or choose another host.',
    );
  }
  if (end.exitStatus === null && end.signal === null) {
    const why = end.reason === '' ? said : `${end.reason}. ${said}`.trim();
    return problem(`The connection to ${host} was lost before its shell was ready.`, why, 'Try again.');
  }
  return problem(
    `The shell on ${host} ended before it was ready.`,
    said,
    'If a start file of yours there ends the shell, start the session without a profile.',
  );
}

/** It is still waited for. */
export function slowToAnswer(host: string, seconds: number, printed: string): Problem {
  return problem(
    `bash on ${host} has not answered for ${seconds} s. It is still waited for.`,
    quoted(host, printed),
    'The machine may be busy. If a start file of yours there waits for input, interrupt, and restart the session.',
  );
}

export function notReady(host: string, seconds: number, printed: string): Problem {
  return problem(
    `No answer from bash on ${host} after ${seconds} s.`,
    quoted(host, printed),
    'A start file of yours there may wait for input or start another program; start the session without a profile.',
  );
}

function quoted(host: string, printed: string): string {
  const text = printed.trim();
  return text === '' ? '' : `${host} printed: ${text.slice(-500)}`;
}
