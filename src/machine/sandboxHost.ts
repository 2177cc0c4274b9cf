import { readFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import process from 'node:process';
import { problem, ProblemError } from '../base/problem';
import type { Environment, MachineFiles } from './folder';
import type { Guest, GuestHost } from './guest';
import { hostFacts, idMaps } from './hostFacts';
import { findHostTools, searchPath } from './hostTools';
import { refusalAfterTrying, refusalBeforeTrying } from './refusal';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox';
import { sshdConfig } from './sshFiles';
import { StepError } from './userNamespace';

const host = '127.0.0.1';

/**
 * Listens for a sandbox whose folder and keys exist, and hands every connection to the sandbox of the moment.
 *
 * @throws ProblemError when no port can be had.
 */
export async function openSandboxHost(
  name: string,
  env: Environment,
  files: MachineFiles,
  log: (text: string) => void,
): Promise<GuestHost> {
  let current: Sandbox | null = null;
  const serve = (socket: Socket) => {
    if (current === null) socket.destroy();
    else current.serveSsh(socket);
  };
  const server = createServer({ pauseOnConnect: true }, serve);
  const port = await listen(server, await lastPort(files.port));
  return {
    kind: 'sandbox',
    ports: [port],
    async boot(): Promise<Guest> {
      const sandbox = await bootSandbox({ hostname: name, env, log, files: await sshFilesOf(files) });
      current = sandbox;
      void sandbox.ended.then(() => {
        if (current === sandbox) current = null;
      });
      return { ...sandbox, description: `the sandbox with process 1 = ${sandbox.pid}` };
    },
    close: () => void server.close(),
  };
}

type BootOptions = Pick<SandboxOptions, 'hostname' | 'files' | 'log'> & { readonly env: Environment };

/** Starts a sandbox, with every refusal turned into a sentence for the user. */
export async function bootSandbox({ hostname, env, files, log }: BootOptions): Promise<Sandbox> {
  const tools = await findHostTools(searchPath(env), process.getuid?.() === 0);
  const maps = await idMaps();
  const facts = await hostFacts(tools, maps);
  const refusal = refusalBeforeTrying(facts);
  if (refusal !== null) throw new ProblemError(refusal);
  try {
    return await startSandbox({ hostname, tools, maps, log, files });
  } catch (error) {
    if (error instanceof StepError)
      throw new ProblemError(refusalAfterTrying(facts, error.failure), { cause: error });
    throw error;
  }
}

async function sshFilesOf(files: MachineFiles): Promise<SandboxOptions['files']> {
  const entries = await Promise.all(
    files.hostKeys.map(
      async (file) => [file.slice(file.lastIndexOf('/') + 1), await readFile(file)] as const,
    ),
  );
  return {
    sshd_config: sshdConfig(),
    authorized_keys: await readFile(`${files.userKey}.pub`),
    ...Object.fromEntries(entries),
  };
}

/** Listens on the port of last time, so that open terminals and editors find the machine again; else on any free one. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) => {
      if (port === 0 || !('code' in error) || error.code !== 'EADDRINUSE') reject(error);
      else server.listen(0, host);
    });
    server.listen(port, host);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new ProblemError(problem('The lab machine found no port to listen on.'));
  return address.port;
}

/** The port of the machine's last start, or 0 where none is known. */
export async function lastPort(file: string): Promise<number> {
  const port = Number(await readFile(file, 'utf8').catch(() => '0'));
  return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : 0;
}
