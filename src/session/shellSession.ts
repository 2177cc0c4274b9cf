import { ProblemError, type Problem } from '../base/problem';
import type { Run, RunRequest, Session } from '../runs/contract';
import { ActiveRun, type EndMarker } from './activeRun';
import { BackPressure } from './backPressure';
import { hex } from './bytes';
import type { ChannelEnd } from './channel';
import { resizeTerminal } from './control';
import { Entering } from './entering';
import { FrontWatch, readFront } from './front';
import { Keyboard } from './keyboard';
import { LateOutput } from './lateOutput';
import type { Hello, Marker } from './markers';
import { NewlineFolder } from './newlines';
import { Pings } from './pings';
import * as problems from './problems';
import { SessionPipes } from './sessionPipes';
import type { ShellOptions } from './shellOptions';
import { Shells } from './shells';
import { startRun } from './starting';
import type { Wire, WireReceiver } from './wire';

/** How long a shell that a cell ended may take to be there again, in milliseconds. */
const respawnPatience = 30_000;

/** A live bash behind a driver that has said hello. `openShell` makes one. */
export class ShellSession implements Session, WireReceiver {
  alive = true;
  private readonly queue: ActiveRun[] = [];
  private current: ActiveRun | null = null;
  private lastNonce = '';
  private readonly shells: Shells;
  private readonly folder = new NewlineFolder();
  private readonly lateOutput: LateOutput;
  private readonly pings: Pings;
  private readonly keyboard: Keyboard;
  private readonly front: FrontWatch;
  private readonly pipes: SessionPipes;
  private readonly pressure: BackPressure;
  private entering: Entering | null = null;

  constructor(
    private readonly wire: Wire,
    key: string,
    hello: Hello,
    private readonly options: ShellOptions,
  ) {
    const { clock, randomBytes, peek } = options;
    this.shells = new Shells({ key, hello, cwd: hello.cwd });
    this.lateOutput = new LateOutput((bytes) => options.onLateOutput?.(bytes));
    this.pings = new Pings(clock, randomBytes);
    this.keyboard = new Keyboard(wire.channel, this.shells, options, (run, why) => this.hangUp(run, why));
    const { pid, tty } = hello;
    this.front = new FrontWatch(
      clock,
      () => (peek === undefined || tty === null ? Promise.resolve(null) : readFront(peek, pid, tty)),
      (front) => this.current?.events.push({ type: 'front', front }),
    );
    this.pipes = new SessionPipes(clock, options.openPipes, {
      output: (stream, bytes) => {
        const run = this.current;
        if (run?.request.separateStreams !== true) this.lateOutput.push(bytes);
        else if (run.output(stream, bytes) === 'pause') this.pressure.pause();
      },
      drained: () => this.arrived('pipes'),
    });
    this.pressure = new BackPressure(() => [this.pipes, ...(this.alive ? [wire.channel] : [])]);
  }

  /** Process id of the session's own shell on the far side. */
  get pid(): number {
    return this.shells.first.hello.pid;
  }

  run(request: RunRequest): Run {
    const run = new ActiveRun(request, hex(this.options.randomBytes(16)), () => {
      if (run === this.current) this.pressure.resume();
    });
    this.queue.push(run);
    this.startNext();
    return run.events;
  }

  input(bytes: Uint8Array): void {
    if (this.current === null) return;
    this.keyboard.type(this.current, bytes);
    this.front.touched();
  }

  interrupt(): Promise<void> {
    return this.current === null ? Promise.resolve() : this.keyboard.interrupt(this.current);
  }

  enter(onSlow?: (why: Problem) => void): Promise<void> {
    const run = this.current;
    if (run?.phase !== 'running' || run.isRest) {
      return Promise.reject(new ProblemError(problems.nothingToEnter()));
    }
    this.entering ??= new Entering({
      ...this.options,
      type: (bytes) => this.wire.channel.write(bytes),
      entered: (key, hello) => {
        this.entering = null;
        this.shells.enter({ key, hello, cwd: hello.cwd }, ActiveRun.restOf(run));
        this.clear();
        run.finishEntered(this.shells.where(hello.cwd));
        this.startNext();
      },
      slow: (why) => onSlow?.(why),
      release: (output) => this.deliver(output),
      failed: () => {
        this.entering = null;
      },
    });
    return this.entering.done;
  }

  resize(columns: number, rows: number): void {
    if (!this.alive || this.wire.channel.resize(columns, rows) === 'told') return;
    const { tty } = this.shells.first.hello;
    if (tty !== null) void resizeTerminal(this.options.control, tty, columns, rows).catch(() => undefined);
  }

  close(): void {
    if (!this.alive) return;
    if (this.current !== null) this.current.reasonToClose ??= problems.sessionClosed();
    this.wire.channel.close();
    this.pressure.resume();
  }

  data(bytes: Uint8Array): void {
    this.deliver(this.folder.fold(bytes));
  }

  marker(marker: Marker): boolean {
    if (this.entering?.take(marker) === true) return true;
    const { key } = this.shells.current;
    switch (marker.type) {
      case 'loading':
      case 'drained':
        return false;
      case 'ready':
        if (marker.key !== key) return false;
        this.shells.restarted(marker.hello);
        this.arrived('shell');
        return true;
      case 'pong':
        if (marker.key !== key) return false;
        this.pings.pong(marker.token);
        return true;
      case 'begin':
        if (this.current?.phase !== 'sent' || marker.nonce !== this.current.nonce) return false;
        this.begin(this.current);
        return true;
      case 'end':
        this.leaveEntered(marker.nonce);
        if (this.current?.phase !== 'running' || marker.nonce !== this.current.nonce) {
          return marker.nonce === this.lastNonce;
        }
        this.end(this.current, marker);
        return true;
    }
  }

  closed(end: ChannelEnd): void {
    this.alive = false;
    this.flush();
    this.pipes.close();
    this.current?.closeWith(end, this.options.host, this.pid);
    this.clear();
    const why = problems.sessionGone(this.options.host);
    for (const waiting of this.queue.splice(0)) waiting.lose(problems.neverStarted(why), 'not begun');
    this.options.onEnd?.();
  }

  private startNext(): void {
    while (this.current === null) {
      const run = this.queue.shift();
      if (run === undefined) return;
      const refusal = this.alive
        ? problems.refusalOf(run.request, this.shells.inside)
        : problems.neverStarted(problems.sessionGone(this.options.host));
      if (refusal !== null) run.lose(refusal, 'not begun');
      else void this.prepare(run);
    }
  }

  private async prepare(run: ActiveRun): Promise<void> {
    this.current = run;
    if (run.request.separateStreams !== true) {
      this.send(run, null);
      return;
    }
    run.phase = 'preparing';
    try {
      const folder = await this.pipes.folderFor(run.nonce);
      if (run === this.current) this.send(run, folder);
    } catch (error) {
      if (run !== this.current) return;
      this.clear();
      run.lose(problems.pipesFailed(this.options.host, error), 'not begun');
      this.startNext();
    }
  }

  private send(run: ActiveRun, pipes: string | null): void {
    startRun(run, pipes, {
      channel: this.wire.channel,
      shells: this.shells,
      pings: this.pings,
      options: this.options,
      giveUp: () => this.hangUp(run, problems.noAnswer(this.options.host)),
    });
  }

  private begin(run: ActiveRun): void {
    this.deliver(this.folder.end());
    this.lateOutput.release(run.frame);
    run.begin(this.options.clock.now());
    this.keyboard.begun(run);
    if (!this.shells.inside) this.front.begin();
    const { timeoutMs } = run.request;
    if (timeoutMs === undefined) return;
    run.timer(this.options.clock, timeoutMs, () => {
      run.timedOut = true;
      void this.interrupt();
    });
  }

  private end(run: ActiveRun, end: EndMarker): void {
    this.flush();
    this.front.end();
    run.end = end;
    run.phase = 'ending';
    if (end.shell === 'exit') {
      run.awaited.add('shell');
      run.timer(this.options.clock, respawnPatience, () =>
        this.hangUp(run, problems.notRestarted(this.options.host, end.exitStatus)),
      );
    }
    if (this.pipes.awaitDrained(run.nonce)) run.awaited.add('pipes');
    this.finish(run, end);
  }

  /** What an ending run waits for has come. */
  private arrived(what: 'shell' | 'pipes'): void {
    const run = this.current;
    if (run?.awaited.delete(what) === true && run.end !== null) this.finish(run, run.end);
  }

  private finish(run: ActiveRun, end: EndMarker): void {
    if (run.awaited.size > 0) return;
    this.lastNonce = run.nonce;
    this.shells.movedTo(end.cwd);
    const where = this.shells.where(end.cwd);
    this.clear();
    run.finish(end, where, this.options.clock.now());
    // A shell that was left ends now, and the rest of the cell that opened it follows.
    if (end.shell === 'left') this.current = this.shells.rest;
    this.startNext();
  }

  /** The end of a cell that a shell was entered from is the end of that shell. */
  private leaveEntered(nonce: string): void {
    const rest = this.shells.leaveTo(nonce);
    if (rest === null || rest === this.current) return;
    const inner = this.current;
    this.flush();
    this.clear();
    this.current = rest;
    inner?.lose(problems.enteredShellEnded(), 'shell');
  }

  /** Forgets the current run and all that was waiting for it. */
  private clear(): void {
    this.current = null;
    this.front.end();
    this.pressure.resume();
  }

  private deliver(bytes: Uint8Array): void {
    const run = this.current;
    if (bytes.length === 0) return;
    if (this.entering?.holds(bytes) === true) return;
    if (run?.phase === 'running' && !run.isRest) {
      this.front.touched();
      if (run.output('terminal', bytes) === 'pause') this.pressure.pause();
    } else if (run?.phase === 'sent') {
      this.lateOutput.hold(bytes);
    } else {
      this.lateOutput.push(bytes);
    }
  }

  /** At an end: all that came belongs to what ran until now. */
  private flush(): void {
    this.entering?.cellEnded();
    this.deliver(this.folder.end());
    this.lateOutput.release();
  }

  private hangUp(run: ActiveRun, reason: Problem): void {
    run.reasonToClose ??= reason;
    this.close();
  }
}
