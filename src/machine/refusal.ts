import { problem, type Problem } from '../base/problem';
import { installLine, type PackageFamily } from './distribution';
import { packagesOf, type HostTool } from './hostTools';

/** What decides whether this computer can hold a sandbox. Numbers are kernel settings; null where there is none. */
export interface HostFacts {
  /** Node's `process.platform`. */
  readonly platform: string;
  readonly uid: number;
  readonly userName: string;
  readonly family: PackageFamily | null;
  readonly missing: readonly HostTool[];
  /** Whether subuid(5) and subgid(5) give the user ids; true for root, who needs none. */
  readonly subordinateIds: boolean;
  /** Whether root holds the high ids the sandbox is mapped to; true for ordinary users. */
  readonly highIds: boolean;
  readonly maxUserNamespaces: number | null;
  /** Debian's and Arch's switch. */
  readonly unprivilegedUsernsClone: number | null;
  /** Ubuntu's switch (23.10 and later). */
  readonly apparmorRestrictsUserns: number | null;
}

/** A step that was tried and refused. */
export interface Failure {
  /** Infinitive, such as “to mount /sys”. */
  readonly step: string;
  /** What the programs said. */
  readonly detail: string;
}

const couldNot = 'The lab machine cannot start on this computer.';
const elsewhere =
  'Or name a Linux of your own (a virtual machine of Lima or Multipass, any host of your ssh config) as the host.';

/** Why a sandbox cannot start here, as far as that is certain before trying; null when it is worth a try. */
export function refusalBeforeTrying(facts: HostFacts): Problem | null {
  if (facts.platform !== 'linux') return notLinux(facts.platform);
  if (facts.missing.length > 0) return missingTools(facts);
  if (!facts.subordinateIds) return noSubordinateIds(facts.userName);
  if (!facts.highIds)
    return problem(
      couldNot,
      'Root is confined to few user ids here, as in a rootless container, so it cannot keep the lab apart from the host.',
      `Start it outside of the container. ${elsewhere}`,
    );
  return null;
}

/** Why the try failed: the setting known to cause it, else what the system said. */
export function refusalAfterTrying(facts: HostFacts, failure: Failure): Problem {
  const asUser = facts.uid !== 0;
  if (facts.maxUserNamespaces === 0) return switchedOff('user.max_user_namespaces', '96343');
  if (asUser && facts.unprivilegedUsernsClone === 0)
    return switchedOff('kernel.unprivileged_userns_clone', '1');
  if (asUser && facts.apparmorRestrictsUserns === 1)
    return switchedOff('kernel.apparmor_restrict_unprivileged_userns', '0');
  return problem(
    couldNot,
    `The system refused ${failure.step}: ${lastLine(failure.detail)}.`,
    `This is usual inside containers, which hide parts of /proc; start it on the host itself. ${elsewhere}`,
  );
}

function notLinux(platform: string): Problem {
  const why = 'Its sandbox is made of Linux namespaces.';
  if (platform === 'win32')
    return problem(
      couldNot,
      why,
      'Use WSL2: run `wsl --install`, then `labpath lab up` inside it. Or name any Linux of your ssh config as the host.',
    );
  return problem(
    couldNot,
    why,
    'Use a Linux virtual machine: `limactl start template://debian-12` (Lima) or `multipass launch` (Multipass), and name it as the host through your ssh config.',
  );
}

function missingTools({ missing, family }: HostFacts): Problem {
  const packages = packagesOf(missing);
  const [are, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return problem(
    couldNot,
    `${missing.join(', ')} ${are} not installed.`,
    family === 'debian'
      ? `Install ${them}: ${installLine(family, packages)}`
      : `Install ${them} with your package manager (Debian calls the packages ${packages.join(', ')}).`,
  );
}

function noSubordinateIds(userName: string): Problem {
  return problem(
    couldNot,
    `/etc/subuid or /etc/subgid gives ${userName} no user ids to lend to it.`,
    `Give it some: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${userName}`,
  );
}

function switchedOff(setting: string, value: string): Problem {
  return problem(
    couldNot,
    `The setting ${setting} forbids user namespaces.`,
    `Allow them: sudo sysctl -w ${setting}=${value} ${elsewhere}`,
  );
}

/** The last line programs wrote: earlier ones are mostly context. Without its full stop, as it ends up in a sentence. */
function lastLine(detail: string): string {
  const line = detail.trim().split('\n').at(-1)?.trim().replace(/\.$/, '');
  return line === undefined || line === '' ? 'it gave no reason' : line;
}
