import type { ActiveRun } from './activeRun';
import { concat } from './bytes';
import type { ShellChannel } from './channel';
import { within } from './clock';
import { pingFrame, runFrame, typedLine, wakeLine } from './frames';
import type { Pings } from './pings';
import type { ShellOptions } from './shellOptions';
import type { Shells } from './shells';
import { watchStart } from './startWatch';

const killLine = new Uint8Array([0x15]);

export interface StartParts {
  readonly channel: ShellChannel;
  readonly shells: Shells;
  readonly pings: Pings;
  readonly options: ShellOptions;
  readonly giveUp: () => void;
}

/** Sends a run to the current shell, with the folder of its pipes if it has any, and sees to it that it begins. */
export function startRun(run: ActiveRun, pipes: string | null, parts: StartParts): void {
  const { channel, shells, pings, options, giveUp } = parts;
  const { key, hello } = shells.current;
  const frame = runFrame(key, run.nonce, run.request.source, pipes);
  run.frame = hello.dispatch === 'typed' ? concat([frame, typedLine]) : frame;
  run.phase = 'sent';
  channel.write(run.frame);
  void watchStart(
    {
      pid: hello.pid,
      frameLength: run.frame.length,
      beginsWithin: (ms) => within(options.clock, ms, Promise.race([run.begun, run.ended])),
      pongs: (ms) => pings.ask(ms, (token) => channel.write(pingFrame(key, token))),
      resend: () => channel.write(run.frame),
      wake: () => channel.write(concat([killLine, wakeLine])),
      giveUp,
    },
    // The process id of a shell that was entered may be one of another machine.
    shells.inside ? () => Promise.reject(new Error('Nobody can say.')) : options.control,
  );
}
