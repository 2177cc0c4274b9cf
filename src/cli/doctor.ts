import { asProblem, describeProblem, problem, type Problem } from '../base/problem';
import { examineComputer, examineMachine, type MachineReport } from '../machine/doctor';
import { allRequiredPresent, type Examined } from '../machine/findings';
import { defaultMachine } from '../machine/folder';
import { readMachine } from '../machine/read';
import type { Command, Io } from './command';
import { readArguments, UsageError } from './usage';

const USAGE = 'labpath doctor [--name NAME] [--json]';

const help = `Usage: ${USAGE}

Looks at this computer and at the lab machine: which of the tools and prerequisites of the labs
are there (with their version), which are missing (with the line that installs them), and which
cannot work there (with the reason). Exit status 0 only when everything required is there.

  --name NAME   Another machine than “${defaultMachine}”.
  --json        {ok, computer: […], machine: {name, system, findings: […]} | null, problem}
`;

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check this computer and the tools of the lab machine',
  help,
  async run(args, io) {
    const { name, json } = options(args);
    const record = await readMachine(name, io.env);
    const computer = await examineComputer(io.env, record !== null);
    let machine: MachineReport | null = null;
    let trouble: Problem | null = null;
    if (record === null) trouble = notRunning(name);
    else
      try {
        machine = await examineMachine(record, io.env);
      } catch (error) {
        trouble = asProblem(error, 'The lab machine could not be examined.');
      }
    const ok = allRequiredPresent(computer) && machine !== null && allRequiredPresent(machine.findings);
    if (json) io.out(`${JSON.stringify({ ok, computer, machine, problem: trouble })}\n`);
    else print(io, computer, machine, trouble);
    return ok ? 0 : 1;
  },
};

function options(args: readonly string[]): { name: string; json: boolean } {
  const { positionals, values } = readArguments(
    args,
    { name: { type: 'string', default: defaultMachine }, json: { type: 'boolean', default: false } },
    USAGE,
  );
  if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" is too much.`, '', USAGE);
  return values;
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
  trouble: Problem | null,
): void {
  io.out(table(computer));
  if (machine !== null) {
    io.out(`\nLab machine “${machine.name}” (${machine.system})\n${table(machine.findings)}`);
    if (machine.findings.some(({ finding }) => finding.status === 'missing'))
      io.out(
        '\nThe sandbox shows the programs of this computer: install what is missing here, then start the lab\n' +
          'machine anew (labpath lab down, labpath lab up).\n',
      );
  }
  if (trouble !== null) io.out(`\n${describeProblem(trouble)}\n`);
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
      return `present      ${finding.version}`;
    case 'missing':
      return `missing      install: ${finding.install}`;
    case 'unavailable':
      return `unavailable  ${finding.why}`;
  }
}
