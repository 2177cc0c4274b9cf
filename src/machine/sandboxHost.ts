import type { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { problem, ProblemError } from '../base/problem';
import { machineFiles, type Environment, type MachineFiles } from './folder';
import type { GuestHost } from './guest';
import type { Node } from './nodes';
import type { MachineOptions } from './options';
import type { Sandbox } from './sandbox';
import { bootSandboxes } from './sandboxes';
import { sshdConfig } from './sshFiles';

const host = '127.0.0.1';

/**
 * Listens for the nodes of a machine whose folders and keys exist, and hands every connection to the sandbox of the
 * moment.
 *
 * @throws ProblemError when no port can be had.
 */
export async function openSandboxHost(
  nodes: readonly Node[],
  { limits }: MachineOptions,
  env: Environment,
  log: (text: string) => void,
): Promise<GuestHost> {
  let current: readonly Sandbox[] = [];
  const servers = nodes.map((_, index) =>
    createServer({ pauseOnConnect: true }, (socket) => {
      const sandbox = current[index];
      if (sandbox === undefined) socket.destroy();
      else sandbox.serveSsh(socket);
    }),
  );
  const close = () => servers.forEach((server) => server.close());
  const listening = servers.map((server, index) => listen(server, nodes[index]));
  const ports = await Promise.all(listening).catch((error: unknown) => {
    close();
    throw error;
  });
  return {
    kind: 'sandbox',
    ports,
    async boot() {
      const first = nodes[0]?.machine ?? '';
      const files = await Promise.all(
        nodes.map(({ machine }) => sshFilesOf(machineFiles(machine, env), machineFiles(first, env))),
      );
      const { sandboxes, guest } = await bootSandboxes({ nodes, limits, env, log, files });
      current = sandboxes;
      void guest.ended.then(() => {
        if (current === sandboxes) current = [];
      });
      return guest;
    },
    close,
  };

  /** Takes the port of last time, so that open terminals and editors find the machine again; else any free one. */
  async function listen(server: Server, node: Node | undefined): Promise<number> {
    const last = node === undefined ? 0 : await lastPort(machineFiles(node.machine, env).port);
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve);
      server.once('error', (error) => {
        if (last === 0 || !('code' in error) || error.code !== 'EADDRINUSE') reject(error);
        else server.listen(0, host);
      });
      server.listen(last, host);
    });
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new ProblemError(problem('The lab machine found no port to listen on.'));
    return address.port;
  }
}

/** What goes into /etc/ssh of a node: host keys of its own, and the one key that all nodes let in. */
export async function sshFilesOf(
  node: MachineFiles,
  first: MachineFiles,
): Promise<Readonly<Record<string, Buffer | string>>> {
  const entries = await Promise.all(
    node.hostKeys.map(async (file) => [file.slice(file.lastIndexOf('/') + 1), await readFile(file)] as const),
  );
  return {
    sshd_config: sshdConfig(),
    authorized_keys: await readFile(`${first.userKey}.pub`),
    ...Object.fromEntries(entries),
  };
}

/** The port of the machine's last start, or 0 where none is known. */
async function lastPort(file: string): Promise<number> {
  const port = Number(await readFile(file, 'utf8').catch(() => '0'));
  return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : 0;
}
