/** A TCP proxy that holds every byte back for a while each way: a network with a round trip of twice that. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export async function delayProxy(
  port: number,
  oneWayMs: number,
): Promise<{ port: number; close: () => void }> {
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: '127.0.0.1', port, noDelay: true });
    pump(near, far, oneWayMs);
    pump(far, near, oneWayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

function pump(from: Socket, to: Socket, delay: number): void {
  from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), delay));
  from.on('end', () => setTimeout(() => to.end(), delay));
  from.on('error', () => to.destroy());
  from.on('close', () => setTimeout(() => to.destroy(), delay + 5));
}
