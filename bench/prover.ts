/**
 * What proving a lab costs beyond its cells: every trial of a lab of the sample vault on one sandbox, against the very
 * same cells in the same order by plain `ssh`, one connection each; then the whole command with several sandboxes, their
 * start and end included. Ratios of one run. Run: npm run bench -- prover [NOTE]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Cell } from '../src/cells/cell';
import { scanCells } from '../src/cells/scan';
import { dispatch } from '../src/cli/dispatch';
import { openSessions } from '../src/cli/sessions';
import { SshBench } from '../src/cli/verify/sshBench';
import { readLab } from '../src/labs/lab';
import { launch } from '../src/labs/launch';
import type { Bench } from '../src/labs/prover/bench';
import { planTrials } from '../src/labs/prover/trials';
import { chooseValues, readLabVars, type LabValues } from '../src/labs/vars';
import { openLabMachine, type LabMachine } from '../src/machine/openLabMachine';
import { findMachine } from '../src/machine/read';
import { parseFrontmatter } from '../src/markdown/frontmatter';

interface Ran {
  readonly cell: Cell;
  readonly values: LabValues;
}

const DEFAULT = 'sample-vault/Labs/How to create and connect network namespaces.md';
const note = path.resolve(process.argv[2] ?? DEFAULT);
const text = readFileSync(note, 'utf8');
const vars = readLabVars(parseFrontmatter(text).data);
const lab = readLab(scanCells(text));
const folder = mkdtempSync(path.join(os.tmpdir(), 'labpath-bench-'));
const env = { ...process.env, XDG_STATE_HOME: folder };
const io = {
  ...{ cwd: process.cwd(), env },
  out: () => undefined,
  err: (line: string) => void process.stderr.write(line),
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function onFreshMachine<T>(work: (machine: LabMachine) => Promise<T>): Promise<T> {
  const machine = await openLabMachine({ tier: 'sandbox', name: 'lab', env });
  try {
    return await work(machine);
  } finally {
    await machine.close();
  }
}

/** Runs every trial, and writes down each cell that was run. */
async function prove(ran: Ran[]): Promise<void> {
  const sessions = await openSessions(io, { machine: (name) => findMachine(name, env) });
  const bench = new SshBench({ sessions, note, host: 'lab', timeoutMs: 120_000 });
  const recording: Bench = {
    labDir: bench.labDir,
    run(cell, values) {
      ran.push({ cell, values });
      return bench.run(cell, values);
    },
    script: (source) => bench.script(source),
    restart: () => bench.restart(),
    wait: (ms) => bench.wait(ms),
  };
  try {
    for (const trial of planTrials(lab, { repeat: 1, values: (nth) => chooseValues(vars, nth) })) {
      const { lies } = await trial.run(recording);
      if (lies.length > 0) throw new Error(`${trial.name}: ${lies.map(({ seen }) => seen).join('; ')}`);
    }
  } finally {
    sessions.closeAll();
  }
}

function ssh(source: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const config = path.join(folder, 'labpath', 'lab', 'ssh_config');
    const child = spawn('ssh', ['-F', config, 'lab', 'bash -s'], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', reject);
    // Checks fail on purpose; only the time counts.
    child.on('exit', () => resolve());
    child.stdin.end(`${source}\n`);
  });
}

async function plainly(ran: readonly Ran[]): Promise<void> {
  for (const { cell, values } of ran) await ssh(launch(cell, note, cell.source, values).source);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

try {
  const ran: Ran[] = [];
  const proved = await onFreshMachine(() => timed(() => prove(ran)));
  const cells = await onFreshMachine(() => timed(() => plainly(ran)));
  say(
    `${path.basename(note)}: ${lab.faults.length} faults, ${lab.checks.length} checks, ${ran.length} cells run`,
  );
  say(`the trials on one sandbox ${seconds(proved)}, the same cells by plain ssh ${seconds(cells)}`);
  say(`ratio, one sandbox: ${(proved / cells).toFixed(2)}`);
  for (const jobs of ['1', '4']) {
    const whole = await timed(() => dispatch(['verify', note, '--jobs', jobs], io));
    say(
      `ratio, the command with --jobs ${jobs}, machines included: ${(whole / cells).toFixed(2)} (${seconds(whole)})`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
