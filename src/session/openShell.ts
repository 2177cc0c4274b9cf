import { ProblemError, type Problem } from '../base/problem';
import { concat, utf8Text } from './bytes';
import { driverBytes, type Bootstrap } from './bootstrap';
import type { ShellChannel } from './channel';
import { machine, type Place } from './place';
import { didNotStart, notReady, slowToAnswer } from './startProblems';
import type { ShellOptions } from './shellOptions';
import { ShellSession } from './shellSession';
import { Wire } from './wire';

/**
 * Milliseconds after which the user is told that a profile, or a machine, takes its time; and after which the shell
 * counts as stuck. A connection that died meanwhile is closed long before, by its own signs of life.
 */
const slowAfter = 8000;
const givesUpAfter = 120_000;
const mostPrinted = 64 * 1024;

export interface OpenOptions extends ShellOptions {
  /** Milliseconds; two minutes when absent. */
  readonly readyTimeoutMs?: number;
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
  const patience = options.readyTimeoutMs ?? givesUpAfter;
  return new Promise((resolve, reject) => {
    const printed: Uint8Array[] = [];
    let printedLength = 0;
    const text = (): string => utf8Text(concat(printed)).replaceAll('\r\n', '\n');
    const fail = (why: Problem): void => {
      cancelTimers();
      reject(new ProblemError(why));
    };
    const { clock, host } = options;
    const cancelSlow = clock.setTimer(slowAfter, () => {
      options.onSlow?.(slowToAnswer(host, slowAfter / 1000, text()));
    });
    const cancelGivingUp = clock.setTimer(patience, () => {
      fail(notReady(host, patience / 1000, text()));
      channel.close();
    });
    const cancelTimers = (): void => {
      cancelSlow();
      cancelGivingUp();
    };
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
        cancelTimers();
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
