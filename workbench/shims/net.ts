/** Node's `net` for the page: one WebSocket to the workbench's server is one TCP connection on this machine. */
import { Duplex } from 'stream';

interface Target {
  readonly port: number;
  readonly host?: string;
}

type Done = (error?: Error | null) => void;

/** The part of net.Socket that ssh2 and a prober of ports use. */
export class Socket extends Duplex {
  connecting = false;
  remoteAddress: string | undefined;
  remotePort: number | undefined;
  private webSocket: WebSocket | null = null;
  private timeoutMs = 0;
  private timer = 0;
  /** Far end's news: nothing more will come. (The browser port of streams has no `readableEnded`.) */
  private farEndEnded = false;
  private endWasRead = false;

  constructor() {
    // As net.Socket does by default, the writing side ends when the other end has ended.
    super({ allowHalfOpen: false });
    this.on('end', () => {
      this.endWasRead = true;
      this.touch();
    });
  }

  connect(target: Target | number, hostOrListener?: string | (() => void), listener?: () => void): this {
    const { port, host = '127.0.0.1' } =
      typeof target === 'number'
        ? { port: target, host: typeof hostOrListener === 'string' ? hostOrListener : undefined }
        : target;
    const onConnect = typeof hostOrListener === 'function' ? hostOrListener : listener;
    if (onConnect !== undefined) this.once('connect', onConnect);
    this.connecting = true;
    this.remoteAddress = host;
    this.remotePort = port;
    const address = new URL('/socket', window.location.href.replace(/^http/, 'ws'));
    address.searchParams.set('host', host);
    address.searchParams.set('port', String(port));
    const webSocket = new WebSocket(address);
    webSocket.binaryType = 'arraybuffer';
    webSocket.onmessage = (message: MessageEvent<ArrayBuffer | string>) => this.receive(message.data);
    webSocket.onclose = () => this.lost();
    this.webSocket = webSocket;
    return this;
  }

  setNoDelay(): this {
    if (this.webSocket?.readyState === WebSocket.OPEN) this.webSocket.send(JSON.stringify({ do: 'noDelay' }));
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(ms: number, listener?: () => void): this {
    this.timeoutMs = ms;
    if (listener !== undefined) this.once('timeout', listener);
    this.touch();
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  address(): { address: string; family: string; port: number } {
    return { address: '127.0.0.1', family: 'IPv4', port: 0 };
  }

  override _read(): void {
    // Bytes come as they come; the server holds back what the page has not taken.
  }

  override _write(chunk: Uint8Array, _encoding: string, done: Done): void {
    this.touch();
    if (this.connecting) {
      this.once('connect', () => this._write(chunk, _encoding, done));
      return;
    }
    if (this.webSocket?.readyState !== WebSocket.OPEN) {
      done(withCode('EPIPE', 'The connection is closed.'));
      return;
    }
    // A copy: the chunk may be a view of a larger pool that is reused.
    this.webSocket.send(new Uint8Array(chunk));
    done();
  }

  override _final(done: Done): void {
    if (this.webSocket?.readyState === WebSocket.OPEN) this.webSocket.send(JSON.stringify({ do: 'end' }));
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    window.clearTimeout(this.timer);
    this.connecting = false;
    this.webSocket?.close();
    this.webSocket = null;
    done(error);
  }

  private receive(data: ArrayBuffer | string): void {
    this.touch();
    if (typeof data !== 'string') {
      this.push(Buffer.from(data));
      return;
    }
    const { event, code, message } = JSON.parse(data) as { event: string; code?: string; message?: string };
    if (event === 'connect') {
      this.connecting = false;
      this.emit('connect');
      this.emit('ready');
    } else if (event === 'end') this.pushEnd();
    else if (event === 'error') this.destroy(withCode(code ?? 'EIO', message ?? 'The connection failed.'));
    else if (event === 'close') this.lost();
  }

  private lost(): void {
    if (this.destroyed) return;
    if (this.connecting) this.destroy(withCode('ECONNREFUSED', 'The workbench could not connect.'));
    else if (this.endWasRead) this.destroy();
    else {
      // What has come is read first.
      this.once('end', () => this.destroy());
      this.pushEnd();
    }
  }

  /** Once only: a second end would be an error of the stream. */
  private pushEnd(): void {
    if (this.farEndEnded) return;
    this.farEndEnded = true;
    this.push(null);
  }

  private touch(): void {
    window.clearTimeout(this.timer);
    if (this.timeoutMs > 0) this.timer = window.setTimeout(() => this.emit('timeout'), this.timeoutMs);
  }
}

export function connect(
  target: Target | number,
  host?: string | (() => void),
  listener?: () => void,
): Socket {
  return new Socket().connect(target, host, listener);
}

export const createConnection = connect;

export function createServer(): never {
  throw withCode('ENOSYS', 'A page cannot listen for connections.');
}

export function isIPv4(text: string): boolean {
  return /^(\d{1,3})(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) < 256);
}

export function isIPv6(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && text.split(':').length > 2;
}

export function isIP(text: string): 0 | 4 | 6 {
  return isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
}

function withCode(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
