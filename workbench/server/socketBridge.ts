/** One TCP connection behind one WebSocket: how the plugin's ssh2, which runs in the page, reaches sshd. */
import { connect, type Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { CodedError } from './confine';

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);
/** Above this many unsent bytes the socket is paused, so that a flood fills neither the server nor the page. */
const highWaterMark = 1 << 20;
const drainPollMs = 5;

/** Throws EACCES unless `host` is loopback and `port` is among the allowed ones at this moment. */
export async function permitTarget(
  host: string,
  port: number,
  allowedPorts: () => Promise<readonly number[]> | readonly number[],
): Promise<void> {
  if (!loopback.has(host)) {
    throw new CodedError('EACCES', `The workbench connects to this machine only, not to "${host}".`);
  }
  if (!(await allowedPorts()).includes(port)) {
    throw new CodedError(
      'EACCES',
      `Port ${port} is not the lab machine’s; the workbench does not connect there.`,
    );
  }
}

/**
 * Joins `webSocket` to a new connection. Text frames are about the connection (`{"event": …}`), binary frames are
 * its bytes. From the page: `{"do":"end"}` closes our sending side, `{"do":"noDelay"}` turns Nagle's algorithm off.
 */
export function bridgeSocket(webSocket: WebSocket, host: string, port: number): void {
  const socket = connect({ host, port, allowHalfOpen: true });
  const say = (event: object) => {
    if (webSocket.readyState === webSocket.OPEN) webSocket.send(JSON.stringify(event));
  };
  socket.on('connect', () => say({ event: 'connect' }));
  socket.on('data', (bytes) => {
    webSocket.send(bytes);
    if (webSocket.bufferedAmount > highWaterMark) resumeWhenSent(socket, webSocket);
  });
  socket.on('end', () => say({ event: 'end' }));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    say({ event: 'error', code: error.code ?? 'EIO', message: error.message });
  });
  socket.on('close', () => {
    say({ event: 'close' });
    webSocket.close();
  });
  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) socket.write(data);
    else obey(socket, data.toString('utf8'));
  });
  webSocket.on('close', () => socket.destroy());
  webSocket.on('error', () => socket.destroy());
}

function obey(socket: Socket, text: string): void {
  const order = JSON.parse(text) as { readonly do?: string };
  if (order.do === 'end') socket.end();
  if (order.do === 'noDelay') socket.setNoDelay(true);
}

function resumeWhenSent(socket: Socket, webSocket: WebSocket): void {
  socket.pause();
  const check = setInterval(() => {
    if (webSocket.bufferedAmount > highWaterMark / 2 && webSocket.readyState === webSocket.OPEN) return;
    clearInterval(check);
    socket.resume();
  }, drainPollMs);
}
