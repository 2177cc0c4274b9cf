import { setTimeout as sleep } from 'node:timers/promises';
import { clearTimeout, setTimeout } from 'node:timers';
import { ProblemError, problem } from '../../base/problem';
import type { Cell } from '../../cells/cell';
import { durationMs, textOf } from '../../cells/options';
import { fillPlaceholders } from '../../cells/placeholders';
import type { Bench, Seen } from '../../labs/prover/bench';
import { labDir } from '../../labs/labShell';
import type { LabValues } from '../../labs/vars';
import { Runner } from '../../runs/runner';
import { RunStore } from '../../runs/store';
import type { CliSessions } from '../sessions';

/** Behind a note's name: the prover's own session, which no fence can name and no restart ends. */
const OWN_SESSION = '#prover';

export interface SshBenchParts {
  readonly sessions: CliSessions;
  readonly note: string;
  readonly host: string;
  /** For cells that name no `timeout=`. */
  readonly timeoutMs: number;
}

/** A bench reached over SSH, on which cells run through the same runner as in the app. */
export class SshBench implements Bench {
  readonly labDir: string;
  private readonly runner: Runner;

  constructor(private readonly parts: SshBenchParts) {
    this.labDir = labDir(parts.note);
    this.runner = new Runner({
      sessions: parts.sessions,
      store: new RunStore(),
      now: () => Date.now(),
      defaultHost: () => parts.host,
    });
  }

  async run(cell: Cell, values: LabValues): Promise<Seen> {
    const source = cell.role === 'file' ? cell.source : fillPlaceholders(cell.source, values);
    const hasLimit = durationMs(textOf(cell.attributes, 'timeout') ?? '') !== null;
    const limit = hasLimit
      ? null
      : setTimeout(() => void this.runner.interrupt(this.parts.note), this.parts.timeoutMs);
    const run = await this.runner.run(this.parts.note, cell, { source, variables: values });
    if (limit !== null) clearTimeout(limit);
    const ranTooLong = run.status === 'interrupted';
    return {
      exitStatus: run.exitStatus,
      ok: run.status === 'done',
      output: run.output.plain(),
      durationMs: run.durationMs ?? 0,
      problem: ranTooLong ? tooLong(this.parts.timeoutMs) : run.problem,
    };
  }

  async script(source: string): Promise<string> {
    const { sessions, note, host } = this.parts;
    const session = await sessions.open({ host, note: note + OWN_SESSION, name: 'main', netns: null });
    const chunks: Uint8Array[] = [];
    for await (const event of session.run({ source })) {
      if (event.type === 'output') chunks.push(event.bytes);
      if (event.type === 'lost') throw new ProblemError(event.problem);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  restart(): void {
    this.runner.restart(this.parts.note);
  }

  wait(ms: number): Promise<void> {
    return sleep(ms);
  }
}

function tooLong(ms: number) {
  return problem(
    'The cell was stopped because its time was up.',
    `A cell without \`timeout=\` may take ${ms / 1000} s.`,
    'Give it a `timeout=`, or find out what it waits for.',
  );
}
