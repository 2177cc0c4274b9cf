import type { LostCause, OutputStream, RunEvent, RunRequest, Where } from '../runs/contract';
import type { Problem } from '../base/problem';
import type { ChannelEnd } from './channel';
import type { CancelTimer, Clock } from './clock';
import type { Marker } from './markers';
import { connectionLost, notRestarted, shellEnded } from './problems';
import { RunEvents } from './runEvents';
import { signalOfStatus } from './signals';

export type EndMarker = Extract<Marker, { type: 'end' }>;

/**
 * One run on its way through a session: `queued`; `preparing` while what it needs beside the terminal is made ready;
 * `sent` to the driver; `running` from its begin marker on; `ending` when the far side has reported its end and this
 * side waits for the shell's successor or for the rest of the output; `done`.
 */
export class ActiveRun {
  phase: 'queued' | 'preparing' | 'sent' | 'running' | 'ending' | 'done' = 'queued';
  readonly events: RunEvents;
  /** Resolves when the run is done. */
  readonly ended: Promise<void>;
  /** Resolves when the cell has begun; never for a run that is done before. */
  readonly begun: Promise<void>;
  frame: Uint8Array = new Uint8Array(0);
  /** Typed while the driver has not begun; the program gets it when it begins. */
  readonly heldInput: Uint8Array[] = [];
  interruption: Promise<void> | null = null;
  timedOut = false;
  /** Replaces what a closing channel would say, when we closed it ourselves. */
  reasonToClose: Problem | null = null;
  /** What the far side said of its end. */
  end: EndMarker | null = null;
  /** What a run that is `ending` waits for. */
  readonly awaited = new Set<'shell' | 'pipes'>();
  /** On the clock of this side, milliseconds. */
  begunAt = 0;
  private resolveEnded: () => void = () => undefined;
  private resolveBegun: () => void = () => undefined;
  private readonly timers: CancelTimer[] = [];

  constructor(
    readonly request: RunRequest,
    readonly nonce: string,
    onDrained: () => void,
    readonly isRest = false,
  ) {
    this.events = new RunEvents(onDrained);
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve;
    });
    this.begun = new Promise((resolve) => {
      this.resolveBegun = resolve;
    });
  }

  /** What is left of a run whose program became a shell that was entered. Its output is nobody's. */
  static restOf({ request, nonce }: ActiveRun): ActiveRun {
    const rest = new ActiveRun(request, nonce, () => undefined, true);
    rest.phase = 'running';
    return rest;
  }

  begin(now: number): void {
    this.phase = 'running';
    this.begunAt = now;
    this.events.push({ type: 'started' });
    this.resolveBegun();
  }

  /** A timer that ends with the run. */
  timer(clock: Clock, ms: number, fire: () => void): void {
    this.timers.push(clock.setTimer(ms, fire));
  }

  output(stream: OutputStream, bytes: Uint8Array): 'go on' | 'pause' {
    return bytes.length === 0 ? 'go on' : this.events.push({ type: 'output', stream, bytes });
  }

  /** The shell that it opened has been entered. */
  finishEntered(where: Where): void {
    this.done({ type: 'entered', where, ...this.remarks() });
  }

  finish(end: EndMarker, where: Where, now: number): void {
    this.done({
      type: 'status',
      exitStatus: end.exitStatus,
      signal: signalOfStatus(end.exitStatus),
      durationMs: end.durationMs ?? now - this.begunAt,
      where,
      shell: end.shell === 'exit' ? 'restarted' : end.shell,
      ...this.remarks(),
    });
  }

  lose(problem: Problem, cause: LostCause): void {
    this.pushLost(problem, cause, {});
  }

  /** The channel closed under the run; we may have closed it ourselves. */
  closeWith(end: ChannelEnd, host: string, shellPid: number): void {
    const died = end.exitStatus !== null || end.signal !== null;
    const [problem, cause] = this.whyClosed(end, died, host, shellPid);
    this.pushLost(
      this.reasonToClose ?? problem,
      this.reasonToClose === null ? cause : 'closed',
      died ? { exitStatus: end.exitStatus, signal: end.signal } : {},
    );
  }

  private whyClosed(end: ChannelEnd, died: boolean, host: string, shellPid: number): [Problem, LostCause] {
    if (this.end !== null) return [notRestarted(host, this.end.exitStatus), 'shell'];
    return died ? [shellEnded(end), 'shell'] : [connectionLost(host, end, shellPid), 'connection'];
  }

  private pushLost(
    problem: Problem,
    cause: LostCause,
    how: Partial<Pick<ChannelEnd, 'exitStatus' | 'signal'>>,
  ): void {
    this.done({ type: 'lost', problem, cause, ...how, ...this.remarks() });
  }

  private done(end: RunEvent): void {
    this.phase = 'done';
    for (const cancel of this.timers.splice(0)) cancel();
    this.events.push(end);
    this.resolveEnded();
  }

  private remarks(): { timedOut?: true; droppedBytes?: number } {
    return {
      ...(this.timedOut ? { timedOut: true as const } : {}),
      ...(this.events.droppedBytes > 0 ? { droppedBytes: this.events.droppedBytes } : {}),
    };
  }
}
