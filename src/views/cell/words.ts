import { givenId, type Cell } from '../../cells/cell';
import type { RunSnapshot } from '../../runs/snapshot';
import type { Where } from '../../runs/contract';

export type StatusTone = 'ok' | 'bad' | 'running' | 'quiet';

export interface StatusWords {
  readonly tone: StatusTone;
  /** Icon of Obsidian's set; it says the state a second time, for those who don't see the colour. */
  readonly icon: string;
  readonly text: string;
  /** How long it has been running; empty in the first second and for runs that ended. */
  readonly elapsed: string;
}

/**
 * How a run stands, in a few words.
 *
 * @param now milliseconds since the epoch
 * @param before how many runs a waiting one waits for
 */
export function statusWords(run: RunSnapshot, now: number, before = 0): StatusWords {
  const took = run.durationMs === null ? '' : ` · ${duration(run.durationMs)}`;
  switch (run.status) {
    case 'queued':
      return words('running', 'loader', before === 0 ? 'Waiting' : `Waiting behind ${before}`);
    case 'running': {
      const elapsed = run.startedAt === null ? 0 : now - run.startedAt;
      const text = waitsForUser(run) ? 'Waiting for input' : 'Running';
      return { ...words('running', 'loader', text), elapsed: elapsed < 1000 ? '' : seconds(elapsed) };
    }
    case 'done':
      return words('ok', 'check', ending(run) + took);
    case 'failed':
      return run.problem && run.exitStatus === null && run.signal === null
        ? words('bad', 'x', 'Not run')
        : words('bad', 'x', ending(run) + took);
    case 'interrupted':
      return words('quiet', 'square', `Interrupted${took}`);
    case 'lost':
      return run.lostCause === 'shell'
        ? words('bad', 'unplug', `Shell ended${run.signal === null ? '' : ` by ${run.signal}`}${took}`)
        : words('bad', 'unplug', `Connection lost${took}`);
  }
}

function waitsForUser({ front }: RunSnapshot): boolean {
  return front?.waitsFor === 'line' || front?.waitsFor === 'secret';
}

function words(tone: StatusTone, icon: string, text: string): StatusWords {
  return { tone, icon, text, elapsed: '' };
}

function ending({ exitStatus, signal, where }: RunSnapshot): string {
  if (signal !== null) return `Ended by ${signal}`;
  // What the cell does after its shell was entered is not known yet.
  if (exitStatus === null && where?.inside !== undefined && where.inside.length > 0) return 'Shell entered';
  return exitStatus === null ? 'Exit status unknown' : `Exit ${exitStatus}`;
}

/** 0.4 ms → `0.4 ms`, 12 ms → `12 ms`, 1234 ms → `1.2 s`, 75,000 ms → `1 min 15 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return seconds(ms);
}

function seconds(ms: number): string {
  const whole = Math.floor(ms / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `root@lab:/etc`, the network namespace when it is not the machine's own, and what a shell was entered from. */
export function whereWords(where: Where): string {
  const netns = where.netns === null ? '' : ` (netns ${where.netns})`;
  const around = where.inside?.at(-1);
  const inside = around === undefined ? '' : `, entered from ${around.user}@${around.host}`;
  return `${where.user}@${where.host}:${where.cwd}${netns}${inside}`;
}

/** How a cell is called in sentences. */
export function cellTitle(cell: Cell): string {
  const name = cell.name ?? givenId(cell);
  return name === null ? `the cell in line ${cell.line}` : `“${name}” in line ${cell.line}`;
}
