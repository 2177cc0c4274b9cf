import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import process from 'node:process';
import { promisify } from 'node:util';
import { asProblem, problem, ProblemError, type Problem } from '../base/problem';
import { machineFiles, type Environment, type MachineFiles } from './folder';
import { hostFacts, idMaps } from './hostFacts';
import { findHostTools, searchPath, type HostTools } from './hostTools';
import { ensureFolder, prepareFolders } from './folders';
import { launch, type Report } from './launch';
import { withLock } from './lock';
import type { MachineOptions } from './options';
import { readMachine } from './read';
import { refusalBeforeTrying } from './refusal';
import { resetSignal } from './reset';
import { serveMachine } from './server';
import type { MachineRecord } from './state';
import { stopServer } from './stop';
import { findVmTools } from './vm/vmTools';

const run = promisify(execFile);
const loginPatienceS = 10;

export interface StartOptions {
  readonly name: string;
  readonly options: MachineOptions;
  readonly env: Environment;
  /** Takes a sentence now and then while it takes long. */
  readonly onProgress?: (sentence: string) => void;
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
export async function startMachine(start: StartOptions): Promise<Started> {
  const { name, env } = start;
  const files = machineFiles(name, env);
  const tools = await findHostTools(searchPath(env), process.getuid?.() === 0);
  await refuseEarly(start.options, tools, env);
  await ensureFolder(files.folder);
  return withLock(files.lock, async () => {
    const running = await readMachine(name, env);
    if (running !== null) return { record: running, isNew: false };
    await prepareFolders(name, start.options, env, tools.found['ssh-keygen'] ?? 'ssh-keygen');
    const record = await launch(start, files);
    await logIn(record, tools.found.ssh ?? 'ssh', files);
    return { record, isNew: true };
  });
}

/**
 * The body of the server process: serves the machine until it is told to stop (SIGTERM, SIGINT, SIGHUP) or the sandbox
 * ends. `report` takes one line for the starter. Gives the exit status.
 */
export async function serveAndReport(
  name: string,
  options: MachineOptions,
  env: Environment,
  report: (line: string, isLast: boolean) => void,
): Promise<number> {
  const tell = (message: Report) => report(`${JSON.stringify(message)}\n`, !('progress' in message));
  try {
    const machine = await serveMachine(name, options, env, (progress) => tell({ progress }));
    const stop = () => void machine.stop();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
    // A reset that fails has said so in the log, and the machine has ended.
    process.on(resetSignal, () => void machine.reset().catch(() => undefined));
    tell({ record: machine.record });
    await machine.ended;
    return 0;
  } catch (error) {
    tell({ problem: asProblem(error, 'The lab machine did not start.') });
    return 1;
  }
}

/** What is certain before trying is said before anything is written. */
async function refuseEarly({ kind }: MachineOptions, tools: HostTools, env: Environment): Promise<void> {
  if (kind === 'vm') {
    await findVmTools(env);
    return;
  }
  const refusal = refusalBeforeTrying(await hostFacts(tools, await idMaps()));
  if (refusal !== null) throw new ProblemError(refusal);
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
    for (const key of [files.userKey, ...files.hostKeys]) await rm(key, { force: true });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new ProblemError(loginRefused(record.name, said, files.log), { cause: error });
  }
}

/** In words instead of ssh's own: what a person can do about it differs. */
function loginRefused(name: string, said: string, log: string): Problem {
  const what = 'The lab machine started, but a login over SSH did not work; it was stopped again.';
  const again = `Start it again (labpath lab up${name === 'lab' ? '' : ` --name ${name}`}): it gets new keys.`;
  if (/Permission denied/.test(said)) return problem(what, 'It does not know the key it was given.', again);
  if (/HOST IDENTIFICATION|verification failed/i.test(said))
    return problem(what, 'It shows another host key than the one it was given.', again);
  if (/timed out|refused|reset|closed/i.test(said))
    return problem(
      what,
      'It does not answer on its port.',
      `Start it again; what its sshd said is in ${log}.`,
    );
  return problem(what, `ssh said: ${said.split('\n').at(-1) || 'nothing'}.`, `What sshd said is in ${log}.`);
}
