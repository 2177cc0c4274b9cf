import type { Client, ClientChannel, PseudoTtyOptions } from 'ssh2';
import { concat, utf8Text } from '../session/bytes';
import type { Clock } from '../session/clock';
import type { HostConnection, TerminalSize } from './hostConnection';
import { SshChannel } from './sshChannel';
import { SshPipes } from './sshPipes';

/** A server that answers no request to open a channel within this many milliseconds counts as gone. */
const openPatience = 20_000;
const controlPatience = 3000;
const mostPrinted = 1024 * 1024;

/** A connection of ssh2. */
export class Connection implements HostConnection {
  alive = true;
  private reason = '';
  terminals = 0;
  /** Channels of any kind. */
  private channels = 0;
  private readonly closeListeners: (() => void)[] = [];
  private readonly unusedListeners: (() => void)[] = [];

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

  get unused(): boolean {
    return this.channels === 0;
  }

  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  onUnused(listener: () => void): void {
    this.unusedListeners.push(listener);
  }

  async openTerminal(command: string, size: TerminalSize): Promise<SshChannel> {
    const pty: PseudoTtyOptions = {
      term: 'xterm-256color',
      cols: size.columns,
      rows: size.rows,
      width: 0,
      height: 0,
    };
    this.terminals++;
    const stream = await this.open(command, pty).catch((error: unknown) => {
      this.terminals--;
      throw error;
    });
    stream.on('close', () => this.terminals--);
    return new SshChannel(stream, this.clock, () => this.reason);
  }

  /** Runs a command without a terminal, its three streams apart. */
  async openPipes(command: string): Promise<SshPipes> {
    return new SshPipes(await this.open(command, null));
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
    let over = false;
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        if (over) return;
        over = true;
        cancel();
        this.channelClosed();
        reject(error);
      };
      const cancel = this.clock.setTimer(openPatience, () =>
        fail(new Error('The server opened no channel in time.')),
      );
      try {
        this.client.exec(command, pty === null ? {} : { pty }, (error, stream) => {
          if (error !== undefined) {
            fail(error);
          } else if (over) {
            // Nobody waits for it any more: without this it would stay open, unread, for as long as the connection.
            stream.on('error', () => undefined);
            stream.resume();
            stream.stderr.resume();
            stream.close();
          } else {
            over = true;
            cancel();
            stream.on('close', () => this.channelClosed());
            resolve(stream);
          }
        });
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  private channelClosed(): void {
    this.channels--;
    if (this.channels === 0) for (const listener of this.unusedListeners) listener();
  }
}

function reasonOf(error: Error): string {
  if (/keepalive/i.test(error.message)) return 'no answer from the network';
  const code = 'code' in error ? String(error.code) : '';
  return code === 'ECONNRESET' ? 'connection reset' : error.message.replace(/\.$/, '');
}
