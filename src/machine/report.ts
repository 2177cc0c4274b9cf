/** What a look at a lab machine's tools found; whoever has a shell there makes the same report. */
import { distributionName, packageFamily, type PackageFamily } from './distribution';
import { findingsOf, type Examined } from './findings';
import { probeFor, readProbe } from './probe';
import type { LabTool } from './tool';
import { labTools } from './tools';

/** A lab machine and the tools it has. */
export interface MachineReport {
  readonly name: string;
  /** Distribution and kernel. */
  readonly system: string;
  readonly findings: readonly Examined[];
  /** How the distribution there installs packages; null for one that is not known. */
  readonly family: PackageFamily | null;
}

/** The script that looks for these tools: standard input for a bash on the machine. */
export function reportProbe(tools: readonly LabTool[] = labTools): string {
  return probeFor(tools);
}

/** Null when the script did not run there. */
export function readReport(
  name: string,
  output: string,
  tools: readonly LabTool[] = labTools,
): MachineReport | null {
  const probed = readProbe(output);
  if (probed === null) return null;
  return {
    name,
    family: packageFamily(probed.osRelease),
    system: `${distributionName(probed.osRelease)}, ${probed.kernel}`,
    findings: findingsOf(tools, probed),
  };
}

/** Tools by the names a note lists them under; what the list of the labs does not know is looked for by its name. */
export function toolsNamed(names: readonly string[]): readonly LabTool[] {
  const tools = names.map((name) => labTools.find((tool) => isCalled(tool, name)) ?? unlisted(name));
  return [...new Set(tools)];
}

function isCalled({ id, title }: LabTool, name: string): boolean {
  return name === id || title.split(/[^\w.+-]+/).includes(name);
}

function unlisted(name: string): LabTool {
  return {
    id: name,
    title: name,
    group: 'Named in the note',
    required: false,
    // A name that a note made up is looked for, never started.
    version: [name],
    packages: {},
    source: `the package of this distribution that has ${name}`,
  };
}
