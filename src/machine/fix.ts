import { problem, ProblemError, type Problem } from '../base/problem';
import type { Fix } from './fixFor';
import type { Environment } from './folder';
import { resetMachine } from './reset';
import { runRootScript, runRootScriptHere, type OnOutput } from './rootScript';
import { sshTarget } from './sshTarget';
import type { AdoptedMachine, MachineRecord } from './state';

/**
 * Whether anything can be installed there at all.
 *
 * @throws ProblemError when no server with packages is in reach
 */
export function ensureReach(machine: MachineRecord | AdoptedMachine): void {
  if (machine.kind === 'vm' && !machine.internet) throw new ProblemError(noInternet(machine.name));
}

/**
 * Installs the packages. A sandbox is made fresh afterwards, because it shows this computer as it was at its start.
 *
 * @throws ProblemError
 */
export async function applyFix(
  fix: Fix,
  machine: MachineRecord | AdoptedMachine,
  env: Environment,
  onOutput: OnOutput,
): Promise<void> {
  if (machine.kind === 'sandbox') {
    if ((await runRootScriptHere(installScript(fix), env, onOutput)) !== 0)
      throw new ProblemError(notInstalledHere(fix));
    await resetMachine(machine.name, env);
  } else if ((await runRootScript(installScript(fix), sshTarget(machine), env, onOutput)) !== 0)
    throw new ProblemError(notInstalledThere(fix));
}

function installScript({ command }: Fix): string {
  return [
    'export DEBIAN_FRONTEND=noninteractive',
    // apt-get finds no package whose list nobody has fetched yet, or one that is gone by now.
    'if command -v apt-get >/dev/null; then apt-get update -q; fi',
    command.replace(/^sudo /, ''),
    '',
  ].join('\n');
}

function noInternet(name: string): Problem {
  return problem(
    'Nothing was installed.',
    `The virtual machine “${name}” was started without a way to the internet, so Debian’s servers are out of its reach.`,
    `Start it anew: labpath lab down --name ${name}, then labpath lab up --vm --internet --name ${name}.`,
  );
}

function notInstalledThere({ command }: Fix): Problem {
  return problem(
    'The packages could not be installed; what was said there stands above.',
    'It has to be done as root, or as a user whose sudo asks for no password.',
    `Log in there and install them yourself: ${command}`,
  );
}

function notInstalledHere({ command }: Fix): Problem {
  return problem(
    'The packages could not be installed; what the package manager said stands above.',
    '',
    `Install them yourself, then make the lab machine fresh (labpath lab reset): ${command}`,
  );
}
