import type { Problem } from '../base/problem';
import type { Run, RunRequest, Session, Where } from '../runs/contract';
import { ActiveRun, type EndMarker } from './activeRun';
import { concat, hex, utf8 } from './bytes';
import type { ChannelEnd, ControlExec } from './channel';
import { within, type CancelTimer, type Clock } from './clock';
import { shellState } from './control';
import { pingFrame, runFrame, typedLine, wakeLine } from './frames';
import { interruptRun } from './interrupt';
import { LateOutput } from './lateOutput';
import type { Hello, Marker } from './markers';
import { NewlineFolder } from './newlines';
import { Pings } from './pings';
import * as problems from './problems';
import { watchStart } from './startWatch';
import type { Wire, WireReceiver } from './wire';

export interface ShellOptions {
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly control: ControlExec;
  /** The host's name as the user knows it, for sentences. */
  readonly host: string;
  /** Output of background jobs that came while no cell ran. */
  readonly onLateOutput?: (bytes: Uint8Array) => void;
  /** The session ended, for whatever reason; `alive` is false. */
  readonly onEnd?: () => void;
}

const interruptByte = 0x03;
const suspendByte = 0x1a;
const killLine = new Uint8Array([0x15]);
const respawnPatience = 8000;
const suspendPatience = 1000;

/** A live bash behind a driver that has said hello. `openShell` makes one. */
export class ShellSession implements Session, WireReceiver {
  alive = true;
  private readonly queue: ActiveRun[] = [];
  private current: ActiveRun | null = null;
  private lastNonce = '';
  private readonly folder = new NewlineFolder();
  private readonly lateOutput: LateOutput;
  private readonly pings: Pings;
  private paused = false;
  private began: () => void = () => undefined;
  private timers: CancelTimer[] = [];

  constructor(
    private readonly wire: Wire,
    private readonly key: string,
    private hello: Hello,
    private readonly options: ShellOptions,
  ) {
    this.lateOutput = new LateOutput((bytes) => options.onLateOutput?.(bytes));
    this.pings = new Pings(options.clock, options.randomBytes);
  }

  /** Process id of the shell on the far side. */
  get pid(): number {
    return this.hello.pid;
  }

  get bashVersion(): string {
    return this.hello.bashVersion;
  }

  run(request: RunRequest): Run {
    const run = new ActiveRun(request, hex(this.options.randomBytes(16)), () => this.unpause(run));
    this.queue.push(run);
    this.startNext();
    return run.events;
  }

  input(bytes: Uint8Array): void {
    const run = this.current;
    if (run?.phase === 'sent') run.heldInput.push(bytes);
    if (run?.phase !== 'running') return;
    this.wire.channel.write(bytes);
    if (bytes.includes(suspendByte)) this.timer(suspendPatience, () => void this.wakeSuspended(run));
  }

  interrupt(): Promise<void> {
    const run = this.current;
    if (run === null) return Promise.resolve();
    run.interruption ??= this.stop(run);
    return run.interruption;
  }

  resize(columns: number, rows: number): void {
    if (this.alive) this.wire.channel.resize(columns, rows);
  }

  close(): void {
    if (!this.alive) return;
    if (this.current !== null) this.current.reasonToClose ??= problems.sessionClosed();
    this.wire.channel.close();
    this.unpause(null);
  }

  data(bytes: Uint8Array): void {
    this.deliver(this.folder.fold(bytes));
  }

  marker(marker: Marker): boolean {
    const run = this.current;
    switch (marker.type) {
      case 'loading':
        return false;
      case 'ready':
        if (marker.key !== this.key) return false;
        this.hello = marker.hello;
        if (run?.phase === 'respawning' && run.end !== null) this.finish(run, run.end);
        return true;
      case 'pong':
        if (marker.key !== this.key) return false;
        this.pings.pong(marker.token);
        return true;
      case 'begin':
        if (run?.phase !== 'sent' || marker.nonce !== run.nonce) return false;
        this.begin(run);
        return true;
      case 'end':
        if (run?.phase !== 'running' || marker.nonce !== run.nonce) return marker.nonce === this.lastNonce;
        this.end(run, marker);
        return true;
    }
  }

  closed(end: ChannelEnd): void {
    this.alive = false;
    this.flush();
    const run = this.current;
    run?.closeWith(end, this.options.host, this.hello.pid);
    this.clear();
    const why = problems.sessionGone(this.options.host);
    for (const waiting of this.queue.splice(0)) waiting.lose(problems.neverStarted(why));
    this.options.onEnd?.();
  }

  private startNext(): void {
    while (this.current === null) {
      const run = this.queue.shift();
      if (run === undefined) return;
      const refusal = this.refusal(run.request);
      if (refusal !== null) run.lose(refusal);
      else this.send(run);
    }
  }

  private refusal({ source }: RunRequest): Problem | null {
    if (!this.alive) return problems.neverStarted(problems.sessionGone(this.options.host));
    if (source.includes('\0')) return problems.sourceHasNul();
    const length = utf8(source).length;
    return length > problems.largestSource ? problems.sourceTooLarge(length) : null;
  }

  private send(run: ActiveRun): void {
    this.current = run;
    run.phase = 'sent';
    const frame = runFrame(this.key, run.nonce, run.request.source);
    run.frame = this.hello.dispatch === 'typed' ? concat([frame, typedLine]) : frame;
    this.wire.channel.write(run.frame);
    const begun = new Promise<void>((resolve) => {
      this.began = resolve;
    });
    void watchStart(
      {
        pid: this.hello.pid,
        frameLength: run.frame.length,
        beginsWithin: (ms) => within(this.options.clock, ms, Promise.race([begun, run.ended])),
        pongs: (ms) => this.pings.ask(ms, (token) => this.wire.channel.write(pingFrame(this.key, token))),
        resend: () => this.wire.channel.write(run.frame),
        wake: () => this.wire.channel.write(concat([killLine, wakeLine])),
        giveUp: () => this.hangUp(run, problems.noAnswer(this.options.host)),
      },
      this.options.control,
    );
  }

  private begin(run: ActiveRun): void {
    this.deliver(this.folder.end());
    this.lateOutput.release(run.frame);
    run.begin(this.options.clock.now());
    this.began();
    for (const bytes of run.heldInput.splice(0)) this.input(bytes);
    if (run.interruption !== null) this.typeInterrupt();
    const { timeoutMs } = run.request;
    if (timeoutMs === undefined) return;
    this.timer(timeoutMs, () => {
      run.timedOut = true;
      void this.interrupt();
    });
  }

  private end(run: ActiveRun, end: EndMarker): void {
    this.flush();
    run.end = end;
    if (!end.exited) {
      this.finish(run, end);
      return;
    }
    run.phase = 'respawning';
    this.timer(respawnPatience, () =>
      this.hangUp(run, problems.notRestarted(this.options.host, end.exitStatus)),
    );
  }

  private finish(run: ActiveRun, end: EndMarker): void {
    const { user, host, netns } = this.hello;
    const where: Where = { user, host, netns, cwd: end.cwd };
    this.lastNonce = run.nonce;
    this.clear();
    run.finish(end, where, this.options.clock.now());
    this.startNext();
  }

  /** Forgets the current run and all that was waiting for it. */
  private clear(): void {
    this.current = null;
    this.began();
    for (const cancel of this.timers.splice(0)) cancel();
    this.resume();
  }

  private deliver(bytes: Uint8Array): void {
    const run = this.current;
    if (bytes.length === 0) return;
    if (run?.phase === 'running') {
      if (run.output(bytes) === 'pause') this.pause();
    } else if (run?.phase === 'sent') {
      this.lateOutput.hold(bytes);
    } else {
      this.lateOutput.push(bytes);
    }
  }

  /** At an end: all that came belongs to what ran until now. */
  private flush(): void {
    this.deliver(this.folder.end());
    this.lateOutput.release();
  }

  private async stop(run: ActiveRun): Promise<void> {
    run.events.dropWhenFull();
    await interruptRun(
      {
        pid: this.hello.pid,
        endsWithin: (ms) => within(this.options.clock, ms, run.ended),
        sendInterrupt: () => {
          if (run.phase === 'running') this.typeInterrupt();
        },
        type: (bytes) => {
          if (run.phase === 'running') this.wire.channel.write(bytes);
        },
        hangUp: () => this.hangUp(run, problems.couldNotInterrupt(this.options.host)),
      },
      this.options.control,
    );
    await run.ended;
  }

  /** Only while a cell runs: at other times ^C could tear a frame. */
  private typeInterrupt(): void {
    this.wire.channel.write(new Uint8Array([interruptByte]));
  }

  /** After ^Z the shell may sit at its own prompt; a newline makes it report. */
  private async wakeSuspended(run: ActiveRun): Promise<void> {
    try {
      const { inFront, reading } = await shellState(this.options.control, this.hello.pid);
      if (inFront && reading && run.phase === 'running') this.wire.channel.write(utf8('\n'));
    } catch {
      // Nobody can say; the user can still interrupt.
    }
  }

  private hangUp(run: ActiveRun, reason: Problem): void {
    run.reasonToClose ??= reason;
    this.close();
  }

  private timer(ms: number, fire: () => void): void {
    this.timers.push(this.options.clock.setTimer(ms, fire));
  }

  private pause(): void {
    this.paused = true;
    this.wire.channel.pause();
  }

  private unpause(run: ActiveRun | null): void {
    if (run === null || run === this.current) this.resume();
  }

  private resume(): void {
    if (!this.paused) return;
    this.paused = false;
    if (this.alive) this.wire.channel.resume();
  }
}
