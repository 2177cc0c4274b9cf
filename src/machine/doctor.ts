import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { asProblem, describeProblem, problem, ProblemError } from '../base/problem';
import { installLine, packageFamily } from './distribution';
import { versionIn, type Examined, type Finding } from './findings';
import type { Environment } from './folder';
import { findProgram, searchPath } from './hostTools';
import { defaultLimits } from './limits';
import { nodesOf } from './nodes';
import { readReport, reportProbe, type MachineReport } from './report';
import { bootSandboxes } from './sandboxes';
import { sshTarget } from './sshTarget';
import type { AdoptedMachine, MachineRecord } from './state';

const run = promisify(execFile);
const group = 'This computer';
const oldestNode = 20;

/** Looks for every tool of the labs on a running machine, in one round trip. Rejects with a ProblemError. */
export async function examineMachine(
  machine: MachineRecord | AdoptedMachine,
  env: Environment,
): Promise<MachineReport> {
  const { name } = machine;
  const ssh = (await findProgram('ssh', searchPath(env))) ?? 'ssh';
  const probe = spawn(ssh, ['-o', 'BatchMode=yes', ...sshTarget(machine), 'bash -s'], {
    stdio: 'pipe',
  });
  probe.stdin.on('error', () => undefined);
  probe.stdin.end(reportProbe());
  const [output, said] = await Promise.all([text(probe.stdout), text(probe.stderr), once(probe, 'close')]);
  const report = readReport(name, output);
  if (report === null)
    throw new ProblemError(
      problem(
        `The lab machine “${name}” could not be examined.`,
        `ssh said: ${said.trim() || 'nothing'}.`,
        machine.kind === 'host'
          ? `Check that you can log in: ssh ${machine.destination}`
          : `Start it anew: labpath lab down --name ${name}, then labpath lab up --name ${name}.`,
      ),
    );
  return report;
}

/** What Labpath itself needs of this computer. `isRunning` tells that a sandbox runs already, so none need be tried. */
export async function examineComputer(env: Environment, isRunning: boolean): Promise<readonly Examined[]> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const one = (id: string, title: string, required: boolean, finding: Finding): Examined => ({
    id,
    title,
    group,
    required,
    finding,
  });
  const program = async (name: string, debianPackage: string): Promise<Finding> => {
    const file = await findProgram(name, searchPath(env));
    if (file !== null) return { status: 'present', version: await versionOf(file) };
    return {
      status: 'missing',
      install:
        packageFamily(osRelease) === 'debian'
          ? installLine('debian', [debianPackage])
          : `the package with ${name} (Debian calls it ${debianPackage})`,
    };
  };
  const [ssh, sshd, sandbox, chromium] = await Promise.all([
    program('ssh', 'openssh-client'),
    program('sshd', 'openssh-server'),
    trySandbox(env, isRunning),
    program('chromium', 'chromium'),
  ]);
  return [
    one('node', `Node.js ${oldestNode} or newer`, true, nodeFinding()),
    one('ssh', 'OpenSSH client', true, ssh),
    one('sshd', 'OpenSSH server, for the lab machine', true, sshd),
    one('sandbox', 'Sandbox of Linux namespaces', true, sandbox),
    one('chromium', 'Chromium, for the end-to-end tests', false, chromium),
  ];
}

function nodeFinding(): Finding {
  const version = process.versions.node;
  return Number(version.split('.')[0]) >= oldestNode
    ? { status: 'present', version }
    : { status: 'missing', install: 'https://nodejs.org/en/download' };
}

/** Only trying tells: settings, security modules and containers forbid namespaces in many ways. */
async function trySandbox(env: Environment, isRunning: boolean): Promise<Finding> {
  const version = `Linux namespaces, as ${process.getuid?.() === 0 ? 'root' : 'an ordinary user'}`;
  if (isRunning) return { status: 'present', version };
  try {
    const { guest } = await bootSandboxes({
      nodes: nodesOf('doctor', 1),
      limits: defaultLimits('sandbox'),
      env,
      files: [],
      log: () => undefined,
    });
    await guest.stop();
    return { status: 'present', version };
  } catch (error) {
    return { status: 'unavailable', why: describeProblem(asProblem(error, 'It does not start.')) };
  }
}

/** OpenSSH prints its version on stderr; older sshd knows no -V and prints it with its usage, at status 1. */
async function versionOf(file: string): Promise<string> {
  const flag = file.endsWith('/chromium') ? '--version' : '-V';
  const printed = await run(file, [flag], { timeout: 5_000 }).catch((error: unknown) =>
    error instanceof Error && 'stderr' in error ? { stdout: '', stderr: String(error.stderr) } : null,
  );
  const openssh = /OpenSSH_([\w.]+)/.exec(printed?.stderr ?? '');
  return openssh?.[1] ?? versionIn(`${printed?.stdout ?? ''}${printed?.stderr ?? ''}`);
}
