import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, rm } from 'node:fs/promises';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { asProblem, problem, ProblemError, type Problem } from '../base/problem';
import { machineFiles, type Environment, type MachineFiles } from './folder';
import { hostFacts, idMaps } from './hostFacts';
import { findHostTools, searchPath } from './hostTools';
import { ensureKeys } from './keys';
import { withLock } from './lock';
import { readMachine } from './read';
import { refusalBeforeTrying } from './refusal';
import { serveMachine } from './server';
import type { MachineRecord } from './state';
import { stopServer } from './stop';

const run = promisify(execFile);
const loginPatienceS = 10;

export interface StartOptions {
  readonly name: string;
  readonly env: Environment;
  /** The command line, program first, of a process that calls `serveAndReport` for this machine. */
  readonly serve: readonly [string, ...string[]];
}

export interface Started {
  readonly record: MachineRecord;
  /** False when the machine ran before. */
  readonly isNew: boolean;
}

/**
 * Starts the machine in a process of its own that outlives this one, and returns once a login over SSH has worked. A
 * machine that runs already is left as it is.
 *
 * @throws ProblemError when this computer cannot hold a sandbox, or the login does not work.
 */
export async function startMachine({ name, env, serve }: StartOptions): Promise<Started> {
  const files = machineFiles(name, env);
  const tools = await findHostTools(searchPath(env), process.getuid?.() === 0);
  const refusal = refusalBeforeTrying(await hostFacts(tools, await idMaps()));
  if (refusal !== null) throw new ProblemError(refusal);
  await ensureFolder(files.folder);
  return withLock(files.lock, async () => {
    const running = await readMachine(name, env);
    if (running !== null) return { record: running, isNew: false };
    await ensureKeys(files, tools.found['ssh-keygen'] ?? 'ssh-keygen');
    const record = await launch(serve, env, files);
    await logIn(record, tools.found.ssh ?? 'ssh', files);
    return { record, isNew: true };
  });
}

/** What the server process tells the one that started it, as one JSON line on file descriptor 3. */
type Report = { readonly record: MachineRecord } | { readonly problem: Problem };

/**
 * The body of the server process: serves the machine until it is told to stop (SIGTERM, SIGINT, SIGHUP) or the sandbox
 * ends. `report` takes one line for the starter. Gives the exit status.
 */
export async function serveAndReport(
  name: string,
  env: Environment,
  report: (line: string) => void,
): Promise<number> {
  const tell = (message: Report) => report(`${JSON.stringify(message)}\n`);
  try {
    const machine = await serveMachine(name, env);
    const stop = () => void machine.stop();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
    tell({ record: machine.record });
    await machine.ended;
    return 0;
  } catch (error) {
    tell({ problem: asProblem(error, 'The lab machine did not start.') });
    return 1;
  }
}

/** The state folder holds private keys: only its owner may look inside. */
async function ensureFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  } catch (error) {
    throw new ProblemError(
      problem(
        'The lab machine has no place for its state.',
        `${folder} cannot be made, or is not yours: ${error instanceof Error ? error.message : String(error)}.`,
        'Make it writable for you alone, or point XDG_STATE_HOME to a folder that is.',
      ),
      { cause: error },
    );
  }
}

async function launch(
  [program, ...args]: StartOptions['serve'],
  env: Environment,
  files: MachineFiles,
): Promise<MachineRecord> {
  await rm(files.record, { force: true });
  const server = spawn(program, args, {
    detached: true,
    cwd: '/',
    env: { ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  server.unref();
  const channel = server.stdio[3];
  if (channel === null || channel === undefined || !('read' in channel))
    throw new ProblemError(problem('The server of the lab machine did not start.'));
  const failed = new Promise<never>((_, reject) => server.once('error', reject));
  const line = await Promise.race([text(channel), failed]);
  const message = parseReport(line);
  if (message === null)
    throw new ProblemError(
      problem(
        'The server of the lab machine ended before it was ready.',
        '',
        `What it said last is in ${files.log}.`,
      ),
    );
  if ('problem' in message) throw new ProblemError(message.problem);
  return message.record;
}

/** The line comes from our own program; all that can happen to it is that it is not there. */
function parseReport(line: string): Report | null {
  return line.endsWith('\n') ? (JSON.parse(line) as Report) : null;
}

/** What ssh said, in a sentence where it is known what it means. */
function whyNoLogin(said: string): string {
  if (/host key verification failed|identification has changed/i.test(said)) {
    return 'It showed another host key than the one written down for it.';
  }
  if (/permission denied/i.test(said)) return 'It does not know the key that was made for it.';
  return `ssh said: ${said || 'nothing'}.`;
}

async function logIn(record: MachineRecord, ssh: string, files: MachineFiles): Promise<void> {
  const options = [
    '-F',
    record.sshConfigFile,
    '-o',
    'BatchMode=yes',
    '-o',
    `ConnectTimeout=${loginPatienceS}`,
  ];
  try {
    await run(ssh, [...options, record.name, 'true'], { timeout: 2 * loginPatienceS * 1000 });
  } catch (error) {
    await stopServer(record, files);
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new ProblemError(
      problem(
        'The lab machine started, but a login over SSH did not work; it was stopped again.',
        whyNoLogin(said),
        /host key|denied/i.test(said)
          ? `Remove the folder ${files.folder} and start it again: it gets new keys.`
          : `What sshd said is in ${files.log}.`,
      ),
      { cause: error },
    );
  }
}
