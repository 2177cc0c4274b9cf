import type { ClientChannel } from 'ssh2';
import type { ChannelListener, ShellChannel } from '../session/channel';
import type { Clock } from '../session/clock';
import { plainBytes } from './plainBytes';

/** How long a server may take to confirm that a channel is closed, in milliseconds. A dead network never does. */
const closePatience = 1000;

/** An ssh2 channel as the session layer wants it. `reason` tells why the connection is gone, if it is. */
export class SshChannel implements ShellChannel {
  private closed = false;
  private exitStatus: number | null = null;
  private signal: string | null = null;
  private listener: ChannelListener | null = null;

  constructor(
    private readonly stream: ClientChannel,
    private readonly clock: Clock,
    private readonly reason: () => string,
  ) {}

  listen(listener: ChannelListener): void {
    this.listener = listener;
    const { stream } = this;
    stream.on('error', () => undefined); // the close that follows is what counts
    stream.on('exit', (code: number | null, signal?: string) => {
      this.exitStatus = code;
      this.signal = signal?.replace(/^SIG/, '') ?? null;
    });
    stream.on('close', () => this.end());
    stream.on('data', (bytes: Uint8Array) => listener.onData(plainBytes(bytes)));
    // Unread stderr would use up the window that both streams share, and stall stdout for ever.
    stream.stderr.on('data', (bytes: Uint8Array) => listener.onData(plainBytes(bytes)));
  }

  write(bytes: Uint8Array): void {
    if (!this.closed && this.stream.writable) this.stream.write(bytes);
  }

  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  resize(columns: number, rows: number): 'told' {
    if (!this.closed) this.stream.setWindow(rows, columns, 0, 0);
    return 'told';
  }

  close(): void {
    if (this.closed) return;
    this.stream.close();
    this.stream.resume(); // a paused stream never ends
    this.clock.setTimer(closePatience, () => this.end());
  }

  private end(): void {
    if (this.closed) return;
    this.closed = true;
    this.listener?.onClose({ exitStatus: this.exitStatus, signal: this.signal, reason: this.reason() });
  }
}
