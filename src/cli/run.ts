import { describeProblem } from '../base/problem';
import type { Cell } from '../cells/cell';
import { chooseValues, variablesAmong } from '../labs/vars';
import { Runner } from '../runs/runner';
import type { RunSnapshot } from '../runs/snapshot';
import { RunStore } from '../runs/store';
import type { Command, Io } from './command';
import { readNote, type NoteFile } from './noteFile';
import { askAboutRisks, askBeforeRunning, filledSource, risksOfCells } from './runQuestions';
import { chooseCells, readRunOptions, RUN_USAGE, type RunOptions } from './runOptions';
import {
  isBackground,
  JsonReport,
  reportNotRun,
  reportSkipped,
  reportSum,
  reportWaiting,
  TextReport,
} from './runReport';
import { openSessions, type CliSessions } from './sessions';

const help = `Usage: ${RUN_USAGE}

Runs cells of a note over SSH, one after another, in the note's session. Stops at the first one that
ends with another exit status than expected (\`expect-exit\`, else 0). Exit status 0 only when every
cell that was to run ended as expected. A \`background\` cell runs beside the others; when they have
ended it is interrupted and shown.

Nothing can be typed into a cell from here: one that asks for something (\`read\`, \`sudo\`) says so, and
waits until ^C or its \`timeout=\`. In the app such a cell has an input line.

In a file or a pipe each line of output stands as it was left (of a progress bar, its end), without
colours unless FORCE_COLOR is set; in a terminal NO_COLOR switches them off.

  --all              What "run all" takes: setup, then plain, step, observe and check cells.
                     What is left out is listed on stderr with the reason.
  --cell ID…         Only these cells, by id or name, in this order.
  --set NAME=VALUE…  Values for placeholders (<name>, {{name}}), and for the note's \`lab_vars\`, which else
                     have the first of their choices.
  --keep-going       Go on after a cell that ended unexpectedly.
  --yes              Do not ask before running.
  --allow-danger     Do not ask about lines that may cost a host its disks or the way to it, or that hold
                     characters one cannot see, either. The lab machine is made to be broken: there only
                     what cannot be seen is asked about.
  --host H           lab (the lab machine) or the name of another one, an alias of your ssh config, or user@host:port.
                     By default the note's \`host\` property, else lab.
  --system-ssh       Let the system's ssh make the connection: for certificates, security keys,
                     ProxyCommand, and servers that Labpath has no algorithm for.
  --json             One JSON object a line, with the output as it was written:
                     {cell, exitStatus, signal, durationMs, output, where: {user, host, cwd, netns}}
`;

/** Builds the command; tests hand in sessions of their own. */
export function makeRunCommand(
  open: (io: Io, typedHost: string | null, bySystem: boolean) => Promise<CliSessions>,
): Command {
  return {
    name: 'run',
    summary: 'Run cells of a note on the lab machine or another host',
    help,
    async run(args, io) {
      const typed = readRunOptions(args);
      const note = await readNote(io.cwd, typed.note);
      const options = { ...typed, values: { ...chooseValues(note.vars, 0), ...typed.values } };
      const { run, skipped } = chooseCells(note.cells, options);
      const host = options.host ?? note.host ?? 'lab';
      reportSkipped(io, skipped);
      warnOfUnused(io, note, options);
      if (run.length === 0) {
        io.err('No cell is left to run.\n');
        return 1;
      }
      if (!options.yes && !(await askBeforeRunning(io, note, run, options.values, host))) return 1;
      const risks = await risksOfCells(run, note.vars, options.values, host, io.env);
      if (risks.length > 0 && !options.allowDanger && !(await askAboutRisks(io, risks))) return 1;
      const sessions = await open(io, options.host, options.systemSsh);
      try {
        return await runCells(io, note, run, options, host, sessions);
      } finally {
        sessions.closeAll();
      }
    },
  };
}

export const runCommand: Command = makeRunCommand((io, typedHost, bySystem) =>
  openSessions(io, { typedHost, bySystem }),
);

async function runCells(
  io: Io,
  note: NoteFile,
  cells: readonly Cell[],
  options: RunOptions,
  host: string,
  sessions: CliSessions,
): Promise<number> {
  const report = options.json ? new JsonReport(io) : new TextReport(io);
  const runner = new Runner({
    sessions,
    store: new RunStore(),
    now: () => Date.now(),
    defaultHost: () => host,
    onSlow: (_place, why) => io.err(`${describeProblem(why)}\n`),
    onEvent: (place, event) => {
      report.event(place.cell, event);
      reportWaiting(io, cells, place.cell, event);
    },
  });
  let interrupts = 0;
  const stopListening = io.onInterrupt?.(() => {
    interrupts++;
    if (interrupts === 1) void runner.interrupt(note.path);
    else sessions.closeAll();
  });
  const variables = variablesAmong(options.values, note.vars);
  const filled = cells.map((cell) => ({ cell, source: filledSource(cell, options.values), variables }));
  const { ran, notRun } = await runner.runAll(note.path, filled, {
    keepGoing: options.keepGoing,
    background: 'interrupt',
    onBegin: (cell) => report.begin(cell),
    onEnd: (cell, run) => report.end(cell, run),
  });
  stopListening?.();
  reportNotRun(io, notRun);
  if (!options.json && filled.length > 1) reportSum(io, ran.filter(endedWell).length, filled.length);
  if (interrupts > 0) return 130;
  return notRun.length === 0 && ran.every(endedWell) ? 0 : 1;
}

/** That a background cell was interrupted is how it is meant to end. */
function endedWell({ cell, run }: { cell: Cell; run: RunSnapshot }): boolean {
  return run.status === 'done' || (isBackground(cell) && run.status === 'interrupted');
}

function warnOfUnused(io: Io, { cells, vars }: NoteFile, { values }: RunOptions): void {
  const known = new Set([...cells.flatMap((cell) => cell.placeholders), ...vars.map(({ name }) => name)]);
  for (const name of Object.keys(values)) {
    if (!known.has(name)) io.err(`No cell has a placeholder <${name}>; its value is not used.\n`);
  }
}
