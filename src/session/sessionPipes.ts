import type { OpenPipes } from './channel';
import type { CancelTimer, Clock } from './clock';
import { pipesScript, SeparateStreams, type StreamSink } from './separateStreams';

/** A cell that has ended and whose pipes stay silent for so long has removed them; milliseconds. */
const silence = 3000;

/** The pipes of a session, opened for the first cell that wants separate streams and kept for those after it. */
export class SessionPipes {
  private streams: SeparateStreams | null = null;
  /** The cell whose end has not been seen on both pipes. */
  private nonce = '';
  private paused = false;
  private heardAt = 0;
  private cancel: CancelTimer = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly openPipes: OpenPipes | undefined,
    private readonly sink: StreamSink,
  ) {}

  /** The folder of the pipes, for the cell with this nonce. Rejects when they cannot be had. */
  async folderFor(nonce: string): Promise<string> {
    if (this.streams?.alive !== true) this.streams = await this.open();
    const folder = await this.streams.folder;
    this.nonce = nonce;
    this.streams.await(nonce);
    return folder;
  }

  /** The cell has ended. True when more of its output may come; `drained` is called when no more will. */
  awaitDrained(nonce: string): boolean {
    if (this.nonce !== nonce || this.streams?.alive !== true) return false;
    this.heardAt = this.clock.now();
    this.watchSilence();
    return true;
  }

  pause(): void {
    this.paused = true;
    this.streams?.pause();
  }

  resume(): void {
    this.paused = false;
    this.heardAt = this.clock.now();
    this.streams?.resume();
  }

  close(): void {
    this.cancel();
    this.streams?.close();
  }

  private async open(): Promise<SeparateStreams> {
    if (this.openPipes === undefined) throw new Error('There is no second channel.');
    const channel = await this.openPipes(pipesScript);
    return new SeparateStreams(channel, {
      output: (stream, bytes) => {
        this.heardAt = this.clock.now();
        this.sink.output(stream, bytes);
      },
      drained: () => {
        this.cancel();
        this.nonce = '';
        this.sink.drained();
      },
    });
  }

  private watchSilence(): void {
    this.cancel();
    const left = silence - (this.clock.now() - this.heardAt);
    if (left <= 0 && !this.paused) this.streams?.close();
    else this.cancel = this.clock.setTimer(Math.max(left, silence / 10), () => this.watchSilence());
  }
}
