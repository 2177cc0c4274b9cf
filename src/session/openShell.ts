import { ProblemError, type Problem } from '../base/problem';
import { concat, utf8Text } from './bytes';
import { driverBytes, type Bootstrap } from './bootstrap';
import type { ShellChannel } from './channel';
import { machine, type Place } from './place';
import { didNotStart, notReady } from './startProblems';
import { ShellSession, type ShellOptions } from './shellSession';
import { Wire } from './wire';

/** How long a profile may take before the shell counts as stuck, in milliseconds. */
const readyPatience = 8000;
const mostPrinted = 64 * 1024;

export interface OpenOptions extends ShellOptions {
  /** Milliseconds; 8000 when absent. */
  readonly readyTimeoutMs?: number;
  /** Where the shell was to open, for sentences. */
  readonly place?: Place;
}

/**
 * The session on a channel whose far side runs `bootstrapCommand`. Rejects with a ProblemError when the shell ends or
 * keeps silent before it is ready. What the user's profile printed is only told then.
 */
export function openShell(
  channel: ShellChannel,
  bootstrap: Bootstrap,
  options: OpenOptions,
): Promise<ShellSession> {
  const { key } = bootstrap;
  let loading = false;
  const patience = options.readyTimeoutMs ?? readyPatience;
  return new Promise((resolve, reject) => {
    const printed: Uint8Array[] = [];
    let printedLength = 0;
    const text = (): string => utf8Text(concat(printed)).replaceAll('\r\n', '\n');
    const fail = (why: Problem): void => {
      cancelTimer();
      reject(new ProblemError(why));
    };
    const cancelTimer = options.clock.setTimer(patience, () => {
      fail(notReady(options.host, patience / 1000, text()));
      channel.close();
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
        cancelTimer();
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
