import { readFileSync } from 'node:fs';
import { createServer, connect as connectSocket, type Server } from 'node:net';
import { join } from 'node:path';
import { Server as SshServer } from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/base/problem';
import { connect } from '../../src/ssh/connect';
import type { HostTarget } from '../../src/ssh/target';
import { nodeClock } from '../support/nodeClock';
import { targetOf, unasked } from '../support/shell';
import { startSshd, type TestSshd } from '../support/sshd';

/** The server, somebody in between who has keys of his own, and a proxy that leads to either. */
let honest: TestSshd;
let attacker: TestSshd;
let proxy: Server;
let leadsTo: TestSshd;
let proxyPort: number;
beforeAll(async () => {
  [honest, attacker] = await Promise.all([startSshd(), startSshd()]);
  leadsTo = honest;
  proxy = createServer((socket) => {
    const onward = connectSocket(leadsTo.port, '127.0.0.1');
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  proxyPort = await listening(proxy);
});
afterAll(async () => {
  proxy.close();
  await Promise.all([honest.stop(), attacker.stop()]);
});

function throughProxy(change: Partial<HostTarget> = {}): HostTarget {
  return targetOf(honest, { port: proxyPort, hostKeyAlias: `[127.0.0.1]:${honest.port}`, ...change });
}

describe('S13: A man in the middle', () => {
  test('who answers in the place of a known host gets no login and no password', async () => {
    const secrets: string[] = [];
    const askSecret = (): Promise<string> => {
      secrets.push('asked');
      return Promise.resolve('password');
    };
    (await connect(throughProxy(), nodeClock, unasked)).close();
    leadsTo = attacker;
    const error: unknown = await connect(throughProxy({ identityFiles: [] }), nodeClock, {
      ...unasked,
      askSecret,
    }).catch((reason: unknown) => reason);
    leadsTo = honest;
    expect(error).toBeInstanceOf(ProblemError);
    expect(String(error)).toContain('another host key than the known one');
    expect(secrets).toEqual([]);
  });

  test('who swaps the key of a living connection loses it, and the user is not asked', async () => {
    const key = (server: TestSshd): Buffer => readFileSync(join(server.dir, 'host_ecdsa'));
    const clients: Rekeying[] = [];
    const server = new SshServer({ hostKeys: [key(honest)] }, (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (attempt) => attempt.accept());
      clients.push(client as unknown as Rekeying);
    });
    const port = await listening(server);
    const connection = await connect(throughProxy({ port }), nodeClock, unasked);
    const lost = new Promise<void>((resolve) => connection.onClose(resolve));
    const [client] = clients;
    const other = new SshServer({ hostKeys: [key(attacker)] }, () => undefined);
    if (client === undefined) throw new Error('Nobody connected.');
    client._protocol._hostKeys = (await hostKeysOf(other)) ?? {};
    client.rekey();
    await lost;
    expect(connection.alive).toBe(false);
    server.close();
  });
});

test('S14: A server cannot open a way back into this computer: to a port, its display or a socket', async () => {
  const refusals: string[] = [];
  const key = readFileSync(join(honest.dir, 'host_ecdsa'));
  const all = new Promise<void>((resolve) => {
    const server = new SshServer({ hostKeys: [key] }, (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (attempt) => attempt.accept());
      client.on('ready', () => {
        const refused = (way: string) => (error: Error | undefined) => {
          refusals.push(`${way}: ${error === undefined ? 'open' : 'refused'}`);
          if (refusals.length === 3) resolve();
        };
        client.forwardOut('127.0.0.1', 22, '127.0.0.1', 1, refused('port'));
        client.x11('127.0.0.1', 1, refused('display'));
        client.openssh_forwardOutStreamLocal('/tmp/agent', refused('socket'));
      });
    });
    void listening(server).then(async (port) => {
      const connection = await connect(throughProxy({ port }), nodeClock, unasked);
      await all;
      connection.close();
      server.close();
    });
  });
  await all;
  expect(refusals.sort()).toEqual(['display: refused', 'port: refused', 'socket: refused']);
});

/** The parts of ssh2's server that a rekey with another key needs; private ones, in a test only. */
interface Rekeying {
  readonly _protocol: { _hostKeys: object };
  rekey(): void;
}

/** The keys that a server of ssh2 shows: taken from a connection to it. */
async function hostKeysOf(server: SshServer): Promise<object | null> {
  const port = await listening(server);
  const found = new Promise<object | null>((resolve) => {
    server.on('connection', (client) => {
      client.on('error', () => undefined);
      resolve((client as unknown as Rekeying)._protocol._hostKeys);
    });
  });
  const socket = connectSocket(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('SSH-2.0-test\r\n');
  const keys = await found;
  socket.destroy();
  server.close();
  return keys;
}

function listening(server: Server | SshServer): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
}
