import { asProblem, type Problem } from '../base/problem';
import { Timeline, type TimelineRow } from '../output/timeline';
import type { RunEvent, Session } from './contract';

/** Milliseconds a capture gets to begin, and of silence after the cell before it is ended; and never more than that. */
const HEAD_START = 400;
const SILENCE = 500;
const LONGEST_TAIL = 5000;

export interface CaptureParts {
  /** A session of the capture's own. */
  readonly session: Session;
  /** Bash source of the capture. */
  readonly command: string;
  /** Runs the cell; every event of it goes to `heard`. Resolves when it has ended. */
  readonly runCell: (heard: (event: RunEvent) => void) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export interface Captured {
  readonly rows: readonly TimelineRow[];
  /** Why there is less to see than expected, or null. */
  readonly problem: Problem | null;
}

/**
 * Runs a cell between the beginning and the end of a capture: the capture starts first, and ends when it has been silent
 * for a while after the cell.
 */
export async function runCaptured(parts: CaptureParts): Promise<Captured> {
  const { session, now, wait } = parts;
  const begin = now();
  const timeline = new Timeline();
  let heardAt = begin;
  let over = false;
  const capture = (async () => {
    for await (const event of session.run({ source: parts.command })) {
      if (event.type !== 'output') continue;
      heardAt = now();
      timeline.push('capture', event.bytes, heardAt - begin);
    }
  })()
    .then(
      () => null,
      (error: unknown) => asProblem(error, 'The capture failed.'),
    )
    .finally(() => (over = true));
  // Programs like tcpdump say that they listen; others are given a moment.
  const isSilent = () => heardAt === begin;
  while (!over && isSilent() && now() - begin < HEAD_START) await wait(20);
  await parts.runCell((event) => {
    if (event.type === 'output') timeline.push('cell', event.bytes, now() - begin);
  });
  const ended = now();
  while (!over && now() - Math.max(heardAt, ended) < SILENCE && now() - ended < LONGEST_TAIL) await wait(50);
  if (!over) await session.interrupt();
  return { rows: timeline.rows(), problem: await capture };
}
