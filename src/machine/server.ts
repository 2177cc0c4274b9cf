import type { Buffer } from 'node:buffer';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { problem, ProblemError } from '../base/problem';
import { machineFiles, type Environment, type MachineFiles } from './folder';
import { hostFacts, idMaps } from './hostFacts';
import { findHostTools, searchPath } from './hostTools';
import { openLog } from './log';
import { processStartTime } from './processes';
import { readMachine } from './read';
import { refusalAfterTrying, refusalBeforeTrying } from './refusal';
import { startSandbox, type Sandbox } from './sandbox';
import { knownHosts, sshConfig, sshdConfig } from './sshFiles';
import type { MachineRecord } from './state';
import { StepError } from './userNamespace';

const host = '127.0.0.1';
const watchMs = 1_000;

/** A served machine: `ended` settles when the sandbox is gone and its record removed. */
export interface ServedMachine {
  readonly record: MachineRecord;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the sandbox of a machine whose folder and keys exist and serves its sshd on a loopback port. The machine lives
 * as long as this process.
 *
 * @throws ProblemError when this computer cannot hold a sandbox.
 */
export async function serveMachine(name: string, env: Environment): Promise<ServedMachine> {
  const files = machineFiles(name, env);
  const log = openLog(files.log);
  const sandbox = await bootSandbox(name, env, files, log).catch((error: unknown) => {
    log(`${String(error)}\n`);
    throw error;
  });
  const server = createServer({ pauseOnConnect: true }, (socket) => sandbox.serveSsh(socket));
  try {
    await listen(server, await lastPort(files.port));
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  const record = await publish(name, files, portOf(server));
  log(`Serving the sandbox with process 1 = ${sandbox.pid} on ${host}:${record.port}.\n`);

  // A machine nobody can find any more, because its folder was removed or another took its place, must not run on.
  const watch = setInterval(() => {
    void readMachine(name, env).then((current) => {
      if (current?.pid !== process.pid) void sandbox.stop();
    });
  }, watchMs);
  const ended = sandbox.ended.then(async () => {
    clearInterval(watch);
    server.close();
    if ((await readMachine(name, env))?.pid === process.pid) await rm(files.record, { force: true });
  });
  return {
    record,
    ended,
    async stop() {
      server.close();
      await sandbox.stop();
      await ended;
    },
  };
}

/** Starts a sandbox, with every refusal turned into a sentence for the user. */
export async function bootSandbox(
  hostname: string,
  env: Environment,
  files: MachineFiles | null,
  log: (text: string) => void,
): Promise<Sandbox> {
  const tools = await findHostTools(searchPath(env), process.getuid?.() === 0);
  const maps = await idMaps();
  const facts = await hostFacts(tools, maps);
  const refusal = refusalBeforeTrying(facts);
  if (refusal !== null) throw new ProblemError(refusal);
  try {
    return await startSandbox({
      hostname,
      tools,
      maps,
      log,
      files: files === null ? {} : await sshFiles(files),
    });
  } catch (error) {
    if (error instanceof StepError)
      throw new ProblemError(refusalAfterTrying(facts, error.failure), { cause: error });
    throw error;
  }
}

async function sshFiles(files: MachineFiles): Promise<Record<string, Buffer | string>> {
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
async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) => {
      if (port === 0 || !('code' in error) || error.code !== 'EADDRINUSE') reject(error);
      else server.listen(0, host);
    });
    server.listen(port, host);
  });
}

async function lastPort(file: string): Promise<number> {
  const port = Number(await readFile(file, 'utf8').catch(() => '0'));
  return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : 0;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new ProblemError(problem('The lab machine found no port to listen on.'));
  return address.port;
}

/** Writes what ssh needs and, last and at once, the record that says the machine runs. */
async function publish(name: string, files: MachineFiles, port: number): Promise<MachineRecord> {
  const startTime = await processStartTime(process.pid);
  const record: MachineRecord = {
    name,
    kind: 'sandbox',
    pid: process.pid,
    ...(startTime === null ? {} : { pidStartTime: startTime }),
    host,
    port,
    user: 'root',
    identityFile: files.userKey,
    knownHostsFile: files.knownHosts,
    sshConfigFile: files.sshConfig,
    startedAt: new Date().toISOString(),
  };
  const publicKeys = await Promise.all(files.hostKeys.map((file) => readFile(`${file}.pub`, 'utf8')));
  const mode = 0o600;
  await writeFile(files.knownHosts, knownHosts(host, port, publicKeys), { mode });
  await writeFile(files.sshConfig, sshConfig(record), { mode });
  await writeFile(files.port, String(port), { mode });
  await writeFile(`${files.record}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode });
  await rename(`${files.record}.new`, files.record);
  return record;
}
