import { installLine } from './distribution';
import type { MachineReport } from './report';
import type { AdoptedMachine, MachineRecord } from './state';
import { labTools } from './tools';

/** What can be installed to mend what a doctor found, and where. */
export interface Fix {
  readonly packages: readonly string[];
  readonly command: string;
  /** In words: “this computer”, or the machine. */
  readonly where: string;
}

/** Null when no package would help. */
export function fixFor(report: MachineReport, machine: MachineRecord | AdoptedMachine): Fix | null {
  const { family } = report;
  if (family === null) return null;
  const missing = new Set(
    report.findings.filter(({ finding }) => finding.status === 'missing').map(({ id }) => id),
  );
  const names = labTools
    .filter(({ id }) => missing.has(id))
    .flatMap((tool) => tool.packages[family]?.split(' ') ?? []);
  const packages = [...new Set(names)].sort();
  if (packages.length === 0) return null;
  const where = {
    sandbox: 'this computer, whose programs the sandbox shows',
    vm: `the virtual machine “${machine.name}”, until it is reset`,
    host: machine.kind === 'host' ? machine.destination : '',
  }[machine.kind];
  return { packages, command: installLine(family, packages), where };
}
