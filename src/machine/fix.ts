import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { problem, ProblemError, type Problem } from '../base/problem';
import { prepareHost } from './adopt';
import type { Fix } from './fixFor';
import type { Environment } from './folder';
import { resetMachine } from './reset';
import { sshTarget } from './sshTarget';
import type { AdoptedMachine, MachineRecord } from './state';

/**
 * Installs the packages. A sandbox is made fresh afterwards, because it shows this computer as it was at its start.
 *
 * @throws ProblemError
 */
export async function applyFix(
  fix: Fix,
  machine: MachineRecord | AdoptedMachine,
  env: Environment,
  onOutput: (text: string) => void,
): Promise<void> {
  if (machine.kind !== 'sandbox') {
    const update = 'if command -v apt-get >/dev/null; then apt-get update -q; fi';
    const script = `export DEBIAN_FRONTEND=noninteractive\n${update}\n${fix.command.replace(/^sudo /, '')}\n`;
    await prepareHost(sshTarget(machine), env, onOutput, script).catch((error: unknown) => {
      throw machine.kind === 'vm' ? new ProblemError(noNetwork(machine.name), { cause: error }) : error;
    });
    return;
  }
  const words = fix.command.split(' ');
  const [program = '', ...args] =
    process.getuid?.() === 0 ? words.slice(1) : ['sudo', '-n', ...words.slice(1)];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...env } });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => onOutput(text));
  const [status] = (await once(child, 'close').catch(() => [null])) as [number | null];
  if (status !== 0) throw new ProblemError(notInstalled(fix));
  await resetMachine(machine.name, env);
}

function noNetwork(name: string): Problem {
  return problem(
    'The packages could not be installed; what the package manager said stands above.',
    'A virtual machine reaches Debian’s servers only when it was started with --internet.',
    `Start it anew: labpath lab down --name ${name}, then labpath lab up --vm --internet --name ${name}.`,
  );
}

function notInstalled({ command }: Fix): Problem {
  return problem(
    'The packages could not be installed; what the package manager said stands above.',
    '',
    `Install them yourself, then make the lab machine fresh (labpath lab reset): ${command}`,
  );
}
