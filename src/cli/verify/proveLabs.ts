import { visibleLine } from '../../base/visible';
import { textList } from '../../markdown/frontmatter';
import { readLab } from '../../labs/lab';
import { lintLab } from '../../labs/lint/lint';
import { concludeProof } from '../../labs/prover/prove';
import { planTrials } from '../../labs/prover/trials';
import { nodesOf, readRequirements } from '../../path/requirements';
import { chooseValues, readLabVars } from '../../labs/vars';
import type { Io } from '../command';
import { openSessions } from '../sessions';
import type { LabNote } from './labNotes';
import { examine, type MachineFacts } from './machineFacts';
import type { Machines } from './provingMachine';
import type { MachineKind, VerifyOptions } from './options';
import type { LabOutcome } from './outcome';
import { prove, type OpenBench, type ProvingJob } from './schedule';
import { SshBench } from './sshBench';

type Job = ProvingJob & { readonly note: LabNote };

/** Proves the labs and reports each as soon as its last trial has ended. */
export async function proveLabs(
  notes: readonly LabNote[],
  machines: Machines,
  options: VerifyOptions,
  io: Io,
  report: (outcome: LabOutcome) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const here = notes.filter((note) => isFor(note, options.machine));
  for (const note of notes.filter((each) => !here.includes(each))) {
    await report(elsewhere(note));
  }
  const jobs = here.map((note) => provingJob(note, options, io, report));
  const open: OpenBench = async ({ find, host }, job) => {
    const sessions = await openSessions(io, {
      machine: find,
      typedHost: options.machine === 'host' ? options.host : null,
      // On machines of our own nobody is asked: a note must not get from there to a host of the user.
      // An emulated machine that has just booted, on a busy computer, is in no hurry; there is nobody to be told sooner.
      readyTimeoutMs: options.machine === 'vm' ? 120_000 : 30_000,
      onlyMachine: options.machine !== 'host',
    });
    const { path } = jobs.find((each) => each === job)?.note ?? { path: '' };
    const bench = new SshBench({ sessions, note: path, host, timeoutMs: options.timeoutMs });
    return Object.assign(bench, { close: () => sessions.closeAll() });
  };
  await prove(jobs, options.jobs, machines, open, stop);
}

/** A lab for a sandbox works on a real machine, too. */
function isFor({ frontmatter }: LabNote, machine: MachineKind): boolean {
  const [env = 'sandbox'] = textList(frontmatter['lab_env']);
  return machine === 'host' || env === 'sandbox' || env === machine;
}

/** What is known without a machine. */
function elsewhere(note: LabNote): LabOutcome {
  const lab = readLab(note.cells);
  return {
    note,
    lab,
    verdict: 'elsewhere',
    lint: [],
    proof: null,
    missing: [],
    machine: null,
    durationMs: 0,
  };
}

function provingJob(
  note: LabNote,
  options: VerifyOptions,
  io: Io,
  report: (outcome: LabOutcome) => Promise<void>,
): Job {
  const lab = readLab(note.cells);
  const vars = readLabVars(note.frontmatter);
  const lint = lintLab(note.cells, note.frontmatter);
  const requirements = readRequirements(note.frontmatter);
  let machine: MachineFacts | null = null;
  let missing: string[] = [];
  let startedAt = 0;
  const trials = planTrials(lab, { repeat: options.repeat, values: (nth) => chooseValues(vars, nth) });
  return {
    note,
    lab,
    trials,
    nodes: nodesOf(requirements),
    async begin(bench, nodes) {
      startedAt = performance.now();
      ({ machine, missing } = await examine(bench, requirements, nodes));
      return missing.length === 0;
    },
    onTrial({ name }, index) {
      // For people, who wait: what programs read stays one object.
      if (!options.json)
        io.err(`${visibleLine(note.title)}, ${index + 1} of ${trials.length}: ${trialInWords(name)} …\n`);
    },
    async end(results) {
      const durationMs = performance.now() - startedAt;
      const common = { note, lab, lint, missing, machine, durationMs };
      if (missing.length > 0) {
        await report({ ...common, verdict: 'blocked', proof: null });
        return;
      }
      const proof = concludeProof(lab, lint, results);
      await report({ ...common, verdict: proof.lies.length === 0 ? 'proved' : 'refuted', proof });
    },
  };
}

function trialInWords(name: string): string {
  return name === 'baseline' ? 'the lab as a whole' : name;
}
