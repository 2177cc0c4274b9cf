import type { Client, ClientChannel, PseudoTtyOptions } from 'ssh2';
import { concat, utf8Text } from '../session/bytes';
import type { Clock } from '../session/clock';
import { SshChannel } from './sshChannel';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A server that answers no request to open a channel within this many milliseconds counts as gone. */
const openPatience = 20_000;
const controlPatience = 3000;
const mostPrinted = 1024 * 1024;

/** One authenticated connection, and the channels on it. */
export class Connection {
  alive = true;
  private reason = '';
  /** Terminals that are open or being opened. */
  terminals = 0;
  /** Channels of any kind. */
  private channels = 0;
  private readonly closeListeners: (() => void)[] = [];

  constructor(
    private readonly client: Client,
    private readonly clock: Clock,
  ) {
    client.on('error', (error) => {
      this.reason = reasonOf(error);
    });
    client.on('close', () => {
      this.alive = false;
      for (const listener of this.closeListeners.splice(0)) listener();
    });
  }

  /** True when not even one channel is open or being opened. */
  get unused(): boolean {
    return this.channels === 0;
  }

  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  /** Starts a command on a PTY; `onClosed` when it has ended. Rejects when the server opens no channel for it. */
  async openTerminal(command: string, size: TerminalSize, onClosed: () => void): Promise<SshChannel> {
    const pty: PseudoTtyOptions = {
      term: 'xterm-256color',
      cols: size.columns,
      rows: size.rows,
      width: 0,
      height: 0,
    };
    this.terminals++;
    const closed = (): void => {
      this.terminals--;
      onClosed();
    };
    const stream = await this.open(command, pty).catch((error: unknown) => {
      this.terminals--;
      throw error;
    });
    stream.on('close', closed);
    return new SshChannel(stream, this.clock, () => this.reason);
  }

  /** A stream from the far side to an address and port as seen from there. */
  openWay(address: string, port: number): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      this.client.forwardOut('127.0.0.1', 0, address, port, (error, stream) => {
        if (error === undefined) resolve(stream);
        else reject(error);
      });
    });
  }

  /** Runs a command without a terminal; resolves with its stdout. Rejects after three seconds. */
  async exec(command: string): Promise<string> {
    const stream = await this.open(command, null);
    return new Promise((resolve, reject) => {
      const printed: Uint8Array[] = [];
      let length = 0;
      const cancel = this.clock.setTimer(controlPatience, () => {
        stream.close();
        reject(new Error('The command took too long.'));
      });
      stream.on('data', (bytes: Uint8Array) => {
        length += bytes.length;
        if (length <= mostPrinted) printed.push(bytes);
      });
      stream.stderr.on('data', () => undefined);
      stream.on('error', () => undefined);
      stream.on('close', () => {
        cancel();
        resolve(utf8Text(concat(printed)));
      });
      stream.end();
    });
  }

  close(): void {
    this.client.end();
  }

  private open(command: string, pty: PseudoTtyOptions | null): Promise<ClientChannel> {
    this.channels++;
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        cancel();
        this.channels--;
        reject(error);
      };
      const cancel = this.clock.setTimer(openPatience, () =>
        fail(new Error('The server opened no channel in time.')),
      );
      try {
        this.client.exec(command, pty === null ? {} : { pty }, (error, stream) => {
          if (error !== undefined) {
            fail(error);
            return;
          }
          cancel();
          stream.on('close', () => this.channels--);
          resolve(stream);
        });
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
}

function reasonOf(error: Error): string {
  if (/keepalive/i.test(error.message)) return 'no answer from the network';
  const code = 'code' in error ? String(error.code) : '';
  return code === 'ECONNRESET' ? 'connection reset' : error.message.replace(/\.$/, '');
}
