import type { RunRequest, Where } from '../runs/contract';
import type { Problem } from '../base/problem';
import type { ChannelEnd } from './channel';
import type { Marker } from './markers';
import { connectionLost, notRestarted, shellEnded } from './problems';
import { RunEvents } from './runEvents';
import { signalOfStatus } from './signals';

export type EndMarker = Extract<Marker, { type: 'end' }>;

/**
 * One run on its way through a session: `queued`, `sent` to the driver, `running` from its begin marker on,
 * `respawning` when it ended its shell and the successor is awaited, `done`.
 */
export class ActiveRun {
  phase: 'queued' | 'sent' | 'running' | 'respawning' | 'done' = 'queued';
  readonly events: RunEvents;
  /** Resolves when the run is done. */
  readonly ended: Promise<void>;
  frame: Uint8Array = new Uint8Array(0);
  /** Typed while the driver has not begun; the program gets it when it begins. */
  readonly heldInput: Uint8Array[] = [];
  interruption: Promise<void> | null = null;
  timedOut = false;
  /** Replaces what a closing channel would say, when we closed it ourselves. */
  reasonToClose: Problem | null = null;
  /** The far side's end marker of a run that is respawning. */
  end: EndMarker | null = null;
  /** On the clock of this side, milliseconds. */
  begunAt = 0;
  private resolveEnded: () => void = () => undefined;

  constructor(
    readonly request: RunRequest,
    readonly nonce: string,
    onDrained: () => void,
  ) {
    this.events = new RunEvents(onDrained);
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve;
    });
  }

  begin(now: number): void {
    this.phase = 'running';
    this.begunAt = now;
    this.events.push({ type: 'started' });
  }

  output(bytes: Uint8Array): 'go on' | 'pause' {
    return bytes.length === 0 ? 'go on' : this.events.push({ type: 'output', stream: 'terminal', bytes });
  }

  finish(end: EndMarker, where: Where, now: number): void {
    this.phase = 'done';
    this.events.push({
      type: 'status',
      exitStatus: end.exitStatus,
      signal: signalOfStatus(end.exitStatus),
      durationMs: end.durationMs ?? now - this.begunAt,
      where,
      shell: end.exited ? 'restarted' : 'kept',
      ...this.remarks(),
    });
    this.resolveEnded();
  }

  /** Lost before the far side could say anything of it. */
  lose(problem: Problem): void {
    this.pushLost(problem, {});
  }

  /** The channel closed under the run; we may have closed it ourselves. */
  closeWith(end: ChannelEnd, host: string, shellPid: number): void {
    const died = end.exitStatus !== null || end.signal !== null;
    const problem =
      this.reasonToClose ??
      (this.end !== null
        ? notRestarted(host, this.end.exitStatus)
        : died
          ? shellEnded(end)
          : connectionLost(host, end, shellPid));
    this.pushLost(problem, died ? { exitStatus: end.exitStatus, signal: end.signal } : {});
  }

  private pushLost(problem: Problem, how: Partial<Pick<ChannelEnd, 'exitStatus' | 'signal'>>): void {
    this.phase = 'done';
    this.events.push({ type: 'lost', problem, ...how, ...this.remarks() });
    this.resolveEnded();
  }

  private remarks(): { timedOut?: true; droppedBytes?: number } {
    return {
      ...(this.timedOut ? { timedOut: true as const } : {}),
      ...(this.events.droppedBytes > 0 ? { droppedBytes: this.events.droppedBytes } : {}),
    };
  }
}
