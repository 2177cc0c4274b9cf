import { asProblem, describeProblem, problem, type Problem } from '../base/problem';
import { examineComputer, examineMachine } from '../machine/doctor';
import { allRequiredPresent, type Examined } from '../machine/findings';
import { defaultMachine } from '../machine/folder';
import { lookAgain } from '../machine/capabilities';
import { applyFix, ensureReach } from '../machine/fix';
import { fixFor } from '../machine/fixFor';
import { findMachine } from '../machine/read';
import { toolsNamed, type MachineReport } from '../machine/report';
import type { AdoptedMachine, MachineRecord } from '../machine/state';
import type { Command, Io } from './command';
import { readArguments, UsageError } from './usage';

const USAGE = 'labpath doctor [--name NAME] [--fix [--only TOOLS] [--yes]] [--json]';

const help = `Usage: ${USAGE}

Looks at this computer and at the lab machine: which of the tools and prerequisites of the labs
are there (with their version), which are missing (with the line that installs them), and which
cannot work there (with the reason). Exit status 0 only when everything required is there, and what
--fix was to install was installed.

  --fix         Install on the lab machine what is missing there, after asking (--yes: without);
                for a sandbox on this computer, whose programs it shows.
  --only TOOLS  Install no others than these, by the words of the table or their ids, with commas between.
  --name NAME   Another machine than “${defaultMachine}”.
  --json        {ok, computer: […], machine: {name, system, findings: […]} | null,
                capabilities: [as lab_requires names them] | null, problem}
`;

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check this computer and the tools of the lab machine',
  help,
  async run(args, io) {
    const { name, json, fix, only, yes } = options(args);
    const record = await findMachine(name, io.env);
    const computer = await examineComputer(io.env, record !== null);
    let machine: MachineReport | null = null;
    let capabilities: readonly string[] | null = null;
    let trouble: Problem | null = null;
    if (record === null) trouble = notRunning(name);
    else
      try {
        machine = await examineMachine(record, io.env);
        if (fix && (await mend(onlyThese(machine, only), record, yes, io))) {
          // A sandbox was made fresh.
          machine = await examineMachine((await findMachine(name, io.env)) ?? record, io.env);
        }
        capabilities = await capabilityNames((await findMachine(name, io.env)) ?? record, io);
      } catch (error) {
        trouble = asProblem(error, 'The lab machine could not be examined.');
      }
    // What went wrong counts also where nothing required is missing: an installation that was asked for and failed.
    const isWell = trouble === null && machine !== null && allRequiredPresent(machine.findings);
    const ok = isWell && allRequiredPresent(computer);
    if (json) io.out(`${JSON.stringify({ ok, computer, machine, capabilities, problem: trouble })}\n`);
    else print(io, computer, machine, record, trouble);
    return ok ? 0 : 1;
  },
};

interface Options {
  readonly name: string;
  readonly json: boolean;
  readonly fix: boolean;
  /** Tools by the names that a note may give them; null for all. */
  readonly only: readonly string[] | null;
  readonly yes: boolean;
}

function options(args: readonly string[]): Options {
  const { positionals, values } = readArguments(
    args,
    {
      name: { type: 'string', default: defaultMachine },
      json: { type: 'boolean', default: false },
      fix: { type: 'boolean', default: false },
      only: { type: 'string' },
      yes: { type: 'boolean', short: 'y', default: false },
    },
    USAGE,
  );
  if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" is too much.`, '', USAGE);
  if (values.only !== undefined && !values.fix) throw new UsageError('--only goes with --fix.', '', USAGE);
  return { ...values, only: values.only?.split(',').map((name) => name.trim()) ?? null };
}

/** The part of a report that is about some tools. */
function onlyThese(report: MachineReport, names: readonly string[] | null): MachineReport {
  if (names === null) return report;
  const wanted = new Set(toolsNamed(names).map(({ id }) => id));
  return { ...report, findings: report.findings.filter(({ id }) => wanted.has(id)) };
}

/**
 * What `lab_requires` can ask for there, looked at anew and kept for those who ask next: something may have been installed.
 * Programs are left out: there are thousands, and the table has those that count.
 */
async function capabilityNames(machine: MachineRecord | AdoptedMachine, io: Io): Promise<readonly string[]> {
  const { names } = await lookAgain(machine, io.env);
  return [...names].filter((name) => !name.startsWith('tool/'));
}

/** Asks, and installs what is missing. False when nothing was installed. */
async function mend(
  report: MachineReport,
  machine: MachineRecord | AdoptedMachine,
  yes: boolean,
  io: Io,
): Promise<boolean> {
  const fix = fixFor(report, machine);
  if (fix === null) return false;
  ensureReach(machine);
  const question = `Install on ${fix.where}:\n  ${fix.packages.join(' ')}\n[yes/no] `;
  const answer = yes ? 'yes' : await io.ask?.(question);
  if (!/^y(es)?$/i.test((answer ?? '').trim())) return false;
  await applyFix(fix, machine, io.env, (text) => io.err(text));
  return true;
}

function notRunning(name: string): Problem {
  return problem(
    `The lab machine “${name}” does not run, so its tools were not looked at.`,
    '',
    `Start it with: labpath lab up${name === defaultMachine ? '' : ` --name ${name}`}`,
  );
}

function print(
  io: Io,
  computer: readonly Examined[],
  machine: MachineReport | null,
  record: MachineRecord | AdoptedMachine | null,
  trouble: Problem | null,
): void {
  io.out(table(computer));
  if (machine !== null && record !== null) {
    io.out(`\nLab machine “${machine.name}” (${machine.system})\n${table(machine.findings)}`);
    const isMissing = machine.findings.some(({ finding }) => finding.status === 'missing');
    if (isMissing) io.out(`\n${howToGet(record, machine)}\n`);
  }
  if (trouble !== null) io.out(`\n${describeProblem(trouble)}\n`);
}

function howToGet(machine: MachineRecord | AdoptedMachine, report: MachineReport): string {
  if (fixFor(report, machine) === null)
    return 'There is no package for what is missing: labpath doctor --fix has nothing to install.';
  const itself = 'labpath doctor --fix installs what is missing and has a package.';
  return machine.kind === 'sandbox'
    ? `The sandbox shows the programs of this computer, so they are installed here. ${itself}`
    : itself;
}

/** Groups with their rows: what it is, its state, and what to know or do. An asterisk marks what is required. */
function table(findings: readonly Examined[]): string {
  const width = Math.max(...findings.map(({ title }) => title.length)) + 2;
  const groups = [...new Set(findings.map((each) => each.group))];
  return groups
    .map((group) => {
      const rows = findings
        .filter((each) => each.group === group)
        .map((each) => `  ${(each.title + (each.required ? ' *' : '')).padEnd(width)}  ${sentence(each)}\n`);
      return `${group}\n${rows.join('')}`;
    })
    .join('');
}

function sentence({ finding }: Examined): string {
  switch (finding.status) {
    case 'present':
      return `present      ${finding.version}`.trimEnd();
    case 'missing':
      return `missing      install: ${finding.install}`;
    case 'unavailable':
      return `unavailable  ${finding.why}`;
  }
}
