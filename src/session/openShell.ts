import { ProblemError, type Problem } from '../base/problem';
import { concat, utf8Text } from './bytes';
import { driverBytes, type Bootstrap } from './bootstrap';
import type { ShellChannel } from './channel';
import { machine, type Place } from './place';
import { waitForShell } from './patience';
import { didNotStart, notReady, slowToAnswer } from './startProblems';
import type { ShellOptions } from './shellOptions';
import { ShellSession } from './shellSession';
import { Wire } from './wire';

const mostPrinted = 64 * 1024;

export interface OpenOptions extends ShellOptions {
  /** The far side takes long; it is waited for. */
  readonly onSlow?: (why: Problem) => void;
  /** Where the shell was to open, for sentences. */
  readonly place?: Place;
}

/**
 * The session on a channel whose far side runs `bootstrapCommand`. Rejects with a ProblemError when the shell ends or
 * keeps silent for too long before it is ready. What the user's profile printed is only told then.
 */
export function openShell(
  channel: ShellChannel,
  bootstrap: Bootstrap,
  options: OpenOptions,
): Promise<ShellSession> {
  const { key } = bootstrap;
  let loading = false;
  return new Promise((resolve, reject) => {
    const printed: Uint8Array[] = [];
    let printedLength = 0;
    const text = (): string => utf8Text(concat(printed)).replaceAll('\r\n', '\n');
    const fail = (why: Problem): void => {
      stopWaiting();
      reject(new ProblemError(why));
    };
    const { host } = options;
    const stopWaiting = waitForShell(options, {
      slow: (seconds) => options.onSlow?.(slowToAnswer(host, seconds, text())),
      over: (seconds) => {
        fail(notReady(host, seconds, text()));
        channel.close();
      },
    });
    const wire = new Wire(channel, {
      data: (bytes) => {
        if (printedLength < mostPrinted) printed.push(bytes.slice());
        printedLength += bytes.length;
      },
      marker: (marker) => {
        if (marker.type === 'loading' && !loading) {
          loading = true;
          channel.write(driverBytes(bootstrap));
          return true;
        }
        if (marker.type !== 'ready' || marker.key !== key) return false;
        stopWaiting();
        const session = new ShellSession(wire, key, marker.hello, options);
        // At once: a chunk may hold more than the greeting.
        wire.receiver = session;
        resolve(session);
        return true;
      },
      closed: (end) => fail(didNotStart(options.host, options.place ?? machine, end, text())),
    });
  });
}
