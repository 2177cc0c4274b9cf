import { writeFile } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';
import { count } from '../base/count';
import { describeProblem, problem, ProblemError } from '../base/problem';
import { visibleLine } from '../base/visible';
import { readLab } from '../labs/lab';
import { lintLab } from '../labs/lint/lint';
import { findProgram } from '../machine/hostTools';
import type { Command, Io } from './command';
import { chooseValues, readLabVars } from '../labs/vars';
import { ask, askAboutRisks, hostsInWords, risksOfCells, type CellRisk } from './runQuestions';
import { findLabs, type LabNote } from './verify/labNotes';
import { openMachines } from './verify/machines';
import { outcomeToJson, toJunit } from './verify/machineReports';
import { readVerifyOptions, VERIFY_USAGE, type VerifyOptions } from './verify/options';
import { holds, type LabOutcome } from './verify/outcome';
import { proveLabs } from './verify/proveLabs';
import { remarksOn } from './verify/receipts';
import { lintSyntax } from './verify/syntax';
import { describeOutcome } from './verify/textReport';

const help = `Usage: ${VERIFY_USAGE}

Proves labs: sets each one up on a fresh machine, puts in one fault after the other, and looks whether
every check, hint, solution, expected output and the cleanup do what the note claims. Exit status 0
only when all of it holds.

  --lint              Look at the writing of the notes only, as far as this computer's bash can read them; run nothing.
  --lab-machine KIND  sandbox (default) or vm: fresh ones, started and ended by this command.
                      host: the machine --host names. Its state has to be clean, and is at risk.
  --host H            lab (the running lab machine), an alias of your ssh config, or user@host:port.
  --jobs N            Machines at work at the same time (default: twice the processors, at most 8; of virtual
                      machines half the processors).
  --repeat N          Run every check N times wherever it is run, to find flaky ones.
  --timeout T         For cells without \`timeout=\` (default 2m).
  --allow-blocked     Succeed also when the machine lacks what a lab requires.
  --write             Record a receipt for each proved lab and set its \`status: verified\`.
  --receipts FOLDER   Folder for the receipts, next to the notes' vault root (default Receipts).
  --json              One JSON object a line and lab: {note, verdict, lies, lint, rows, machine, …}
  --junit FILE        Also write a JUnit file.
  --yes               Do not ask before running on a host of yours. On machines of its own it asks nothing.
  --allow-danger      With a host of yours: do not ask about lines that may cost it its disks or the way
                      to it, or that hold characters one cannot see, either.
`;

/** Proves labs, or checks how they are written. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Prove labs: every fault, check, hint, solution and cleanup does what the note claims',
  help,
  async run(args, io) {
    const options = readVerifyOptions(args);
    const { labs, others, problems } = await findLabs(io.cwd, options.target);
    for (const each of problems) io.err(`Not read: ${describeProblem(each)}\n`);
    if (labs.length === 0) throw noLabs(options.target, others.length);
    const outcomes: LabOutcome[] = [];
    const report = async (outcome: LabOutcome) => {
      outcomes.push(outcome);
      const remarks = await remarksOn(outcome, options, new Date().toISOString());
      io.out(
        options.json
          ? `${JSON.stringify({ ...outcomeToJson(outcome), remarks })}\n`
          : describeOutcome(outcome, remarks),
      );
    };
    if (options.lint) {
      const bash = await findProgram('bash', (io.env.PATH ?? '').split(delimiter));
      if (bash === null)
        io.err('There is no bash on this computer, so whether bash can read the cells was not looked at.\n');
      for (const note of labs) await report(await linted(note, bash));
    } else {
      if (options.machine === 'host' && !(await mayRunOnHost(io, labs, options))) return 1;
      const machines = await openMachines(options, io);
      const stop = new AbortController();
      const stopListening = io.onInterrupt?.(() => {
        stop.abort(interrupted());
        // So that what runs there ends at once.
        void machines.close();
      });
      try {
        await proveLabs(labs, machines, options, io, report, stop.signal);
      } finally {
        stopListening?.();
        await machines.close();
      }
    }
    if (options.junit !== null) {
      await writeFile(resolve(io.cwd, options.junit), toJunit(outcomes, options.allowBlocked));
    }
    if (!options.json) io.out(summary(outcomes, options));
    return problems.length === 0 && outcomes.every((outcome) => holds(outcome, options.allowBlocked)) ? 0 : 1;
  },
};

async function linted(note: LabNote, bash: string | null): Promise<LabOutcome> {
  const syntax = bash === null ? [] : await lintSyntax(note.cells, bash);
  const findings = [...lintLab(note.cells, note.frontmatter), ...syntax];
  return {
    note,
    lab: readLab(note.cells),
    verdict: 'linted',
    lint: findings.sort((a, b) => a.line - b.line),
    proof: null,
    missing: [],
    machine: null,
    durationMs: 0,
  };
}

/** On a host of the user the cells of labs are asked about like those of any note. */
async function mayRunOnHost(
  io: Io,
  labs: readonly LabNote[],
  { host, yes, allowDanger }: VerifyOptions,
): Promise<boolean> {
  const cells = labs.flatMap((lab) => lab.cells.filter(({ runnable }) => runnable));
  if (!yes) {
    const list = labs.map(({ title }) => `  ${visibleLine(title)}\n`).join('');
    const hosts = (await hostsInWords(cells, host, io.env)).join(' and ');
    const question = `All cells of these labs will run on ${hosts}, faults included:\n${list}Run them? [y/N] `;
    if (!(await ask(io, question, 'Pass --yes.'))) return false;
  }
  const risks = allowDanger ? [] : (await Promise.all(labs.map((lab) => risksOfLab(lab, host, io)))).flat();
  return risks.length === 0 || askAboutRisks(io, risks);
}

/** With every value that its variables take, for these are filled in where a cell has placeholders. */
async function risksOfLab(lab: LabNote, host: string, io: Io): Promise<readonly CellRisk[]> {
  const vars = readLabVars(lab.frontmatter);
  const turns = Math.max(1, ...vars.map(({ choices }) => choices.length));
  const cells = lab.cells.filter(({ runnable }) => runnable);
  const found = new Map<string, CellRisk>();
  for (let turn = 0; turn < turns; turn++) {
    for (const risk of await risksOfCells(cells, vars, chooseValues(vars, turn), host, io.env))
      found.set(`${risk.cell.id} ${risk.line} ${risk.what} ${risk.text}`, risk);
  }
  return [...found.values()];
}

function interrupted(): ProblemError {
  return new ProblemError(
    problem(
      'Interrupted.',
      'Labs whose proof had not ended are not reported, and nothing was written about them.',
    ),
  );
}

function noLabs(target: string, notes: number): ProblemError {
  return new ProblemError(
    problem(
      `There is no lab in ${target}.`,
      `A lab is a note with a \`check\` fence; ${count(notes, 'note')} without one ${notes === 1 ? 'was' : 'were'} found.`,
      'docs/authoring.md says how a lab is written.',
    ),
  );
}

function summary(outcomes: readonly LabOutcome[], { lint, allowBlocked }: VerifyOptions): string {
  const good = outcomes.filter((outcome) => holds(outcome, allowBlocked)).length;
  const verb = lint ? 'written right' : 'proved';
  const left = outcomes.filter(({ verdict }) => verdict === 'elsewhere' || verdict === 'blocked');
  const out = left.length === 0 ? '' : ` ${count(left.length, 'lab')} could not be proved here.`;
  const proved = lint ? good : outcomes.filter(({ verdict }) => verdict === 'proved').length;
  return `${proved} of ${count(outcomes.length, 'lab')} ${verb}.${out}\n`;
}
