import { SessionPool, type SessionPoolOptions } from '../../src/ssh/pool';
import type { HostTarget } from '../../src/ssh/target';
import type { Prompts } from '../../src/ssh/prompts';
import type { OutputStream, Run, RunEvent, SessionAddress } from '../../src/runs/contract';
import { nodeClock } from './nodeClock';
import type { TestSshd } from './sshd';

/** A user who is never asked: any question is a failure of the test. */
export const unasked: Prompts = {
  trust: () => Promise.reject(new Error('The host key was asked about.')),
  askPassphrase: () => Promise.reject(new Error('A passphrase was asked for.')),
  askSecret: () => Promise.reject(new Error('A secret was asked for.')),
};

export function targetOf(sshd: TestSshd, change: Partial<HostTarget> = {}): HostTarget {
  return {
    name: 'lab',
    address: '127.0.0.1',
    port: sshd.port,
    user: sshd.user,
    identityFiles: [sshd.identityFile],
    agentSocket: null,
    knownHostsFiles: [sshd.knownHostsFile],
    ...change,
  };
}

export function poolOf(sshd: TestSshd, options: Partial<SessionPoolOptions> = {}): SessionPool {
  return new SessionPool({
    clock: nodeClock,
    resolveHost: () => Promise.resolve(targetOf(sshd)),
    prompts: unasked,
    profile: 'none',
    ...options,
  });
}

let notes = 0;

/** An address that no other test uses. */
export function freshAddress(change: Partial<SessionAddress> = {}): SessionAddress {
  return { host: 'lab', note: `note ${++notes}.md`, name: 'main', netns: null, ...change };
}

type Status = Extract<RunEvent, { type: 'status' }>;
type Lost = Extract<RunEvent, { type: 'lost' }>;
type Entered = Extract<RunEvent, { type: 'entered' }>;

export interface Outcome {
  readonly end: Status | Entered | Lost;
  /** All output in the order it came; with separate streams see `of`. */
  readonly bytes: Buffer;
  /** What came on one stream. */
  of(stream: OutputStream): Buffer;
  /** The output as UTF-8. */
  readonly text: string;
}

/** Reads a run to its end. */
export async function outcomeOf(run: Run): Promise<Outcome> {
  const chunks: { stream: OutputStream; bytes: Uint8Array }[] = [];
  const all = (wanted: OutputStream | null): Buffer =>
    Buffer.concat(
      chunks.flatMap(({ stream, bytes }) => (wanted === null || wanted === stream ? [bytes] : [])),
    );
  for await (const event of run) {
    if (event.type === 'output') chunks.push(event);
    else if (event.type !== 'started' && event.type !== 'front') {
      const bytes = all(null);
      return { end: event, bytes, text: bytes.toString('utf8'), of: all };
    }
  }
  throw new Error('The run ended without a status.');
}

/** The status of a run that must not be lost. */
export function statusOf({ end }: Outcome): Status {
  if (end.type === 'lost') throw new Error(`Lost: ${end.problem.what} ${end.problem.why}`);
  if (end.type === 'entered') throw new Error('The shell that the cell opened was entered.');
  return end;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
