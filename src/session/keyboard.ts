import type { Problem } from '../base/problem';
import type { ActiveRun } from './activeRun';
import { utf8 } from './bytes';
import type { ShellChannel } from './channel';
import { within } from './clock';
import { shellState } from './control';
import { interruptRun } from './interrupt';
import { couldNotInterrupt } from './problems';
import type { ShellOptions } from './shellOptions';
import type { Shells } from './shells';

const interruptByte = new Uint8Array([0x03]);
const suspendByte = 0x1a;
/** How long a program may take to stop on ^Z, in milliseconds. */
const suspendPatience = 1000;

/** What is typed at the running cell: only between its begin and its end, because ^C could tear a frame. */
export class Keyboard {
  constructor(
    private readonly channel: ShellChannel,
    private readonly shells: Shells,
    private readonly options: ShellOptions,
    private readonly hangUp: (run: ActiveRun, reason: Problem) => void,
  ) {}

  /** Before the cell has begun, it is kept for it. */
  type(run: ActiveRun, bytes: Uint8Array): void {
    if (run.phase === 'preparing' || run.phase === 'sent') run.heldInput.push(bytes);
    if (run.phase !== 'running') return;
    this.channel.write(bytes);
    if (bytes.includes(suspendByte)) {
      run.timer(this.options.clock, suspendPatience, () => void this.wakeSuspended(run));
    }
  }

  /** The cell has begun: what was kept for it goes out. */
  begun(run: ActiveRun): void {
    for (const bytes of run.heldInput.splice(0)) this.type(run, bytes);
    if (run.interruption !== null) this.type(run, interruptByte);
  }

  /** Stops the run; resolves when it has ended. */
  interrupt(run: ActiveRun): Promise<void> {
    run.interruption ??= this.stop(run);
    return run.interruption;
  }

  private async stop(run: ActiveRun): Promise<void> {
    const { clock, control, host } = this.options;
    run.events.dropWhenFull();
    const type = (bytes: Uint8Array): void => {
      if (run.phase === 'running') this.channel.write(bytes);
    };
    await interruptRun(
      {
        pid: this.shells.first.hello.pid,
        shells: this.shells.pids,
        endsWithin: (ms) => within(clock, ms, run.ended),
        sendInterrupt: () => type(interruptByte),
        type,
        giveUpSession: () => (run.reasonToClose ??= couldNotInterrupt(host)),
        hangUp: () => this.hangUp(run, couldNotInterrupt(host)),
      },
      control,
    );
    await run.ended;
  }

  /** After ^Z the shell may sit at its own prompt; a newline makes it report. */
  private async wakeSuspended(run: ActiveRun): Promise<void> {
    try {
      const { inFront, reading } = await shellState(this.options.control, this.shells.first.hello.pid);
      if (inFront && reading && run.phase === 'running') this.channel.write(utf8('\n'));
    } catch {
      // Nobody can say; the user can still interrupt.
    }
  }
}
