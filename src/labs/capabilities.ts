/** The script that finds out what a machine offers to labs, and how its answer is read. Whoever has a shell there runs it. */
import { kindOf, namesThatMeet, type Offer } from '../path/requirements';
import script from './capabilities.bash';

/** All that a machine can do, as far as labs are concerned. */
export interface Capabilities extends Offer {
  /** Changes with every boot (random(4), boot_id): what was found holds until then. */
  readonly boot: string;
  /** Such as “Linux 6.1.0-18-amd64”. */
  readonly kernel: string;
}

/** Bash that prints everything there is to know. */
export const capabilitiesProbe = script;

/** Reads what that printed; null when it did not get to its end of facts. */
export function readCapabilities(output: string, nodes: number): Capabilities | null {
  const lines = output.split('\n').filter((line) => line !== '');
  const fact = (name: string) =>
    lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? null;
  const kernel = fact('kernel');
  if (kernel === null) return null;
  return { boot: fact('boot') ?? '', kernel, nodes, names: namesIn(output) };
}

/** Bash that prints, one a line, what of these requirements there is: quicker than to ask for everything. */
export function probeFor(requirements: readonly string[]): string {
  const names = requirements.flatMap(namesThatMeet);
  if (names.length === 0) return ':\n';
  const kinds = [...new Set(requirements.map(kindOf))].join(' ');
  // Their form needs no quoting. The script must not end where a shell with `set -e` would.
  return `labpath_capabilities() (\nset +eu\nlabpath_kinds='${kinds}'\n${script}\n)
labpath_capabilities 2>/dev/null </dev/null | grep -xF ${names.map((name) => `-e ${name}`).join(' ')} || true\n`;
}

/** The names in what a probe printed. */
export function namesIn(output: string): ReadonlySet<string> {
  return new Set(output.split(/\r?\n/).filter((line) => line !== '' && !line.includes(' ')));
}
