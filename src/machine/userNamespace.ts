import type { Buffer } from 'node:buffer';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { IdRange } from './idRange';
import type { Failure } from './refusal';

const run = promisify(execFile);

/** Node's pipes are sockets, and a bash that finds a socket as its input takes itself for rshd's child and reads ~/.bashrc. */
export const noRc = ['--noprofile', '--norc'] as const;

/** A step of the sandbox's start that the system refused. */
export class StepError extends Error {
  constructor(readonly failure: Failure) {
    super(`Refused ${failure.step}: ${failure.detail}`);
    this.name = 'StepError';
  }
}

/** A user namespace with its ids mapped, kept open by a process that waits in it. */
export interface UserNamespace {
  /** The waiting process, for nsenter(1). */
  readonly pid: number;
  /** Ends the waiting process; the namespace lives on while others are in it. */
  release(): void;
}

export interface UserNamespaceTools {
  readonly unshare: string;
  readonly bash: string;
  /** Set-uid programs that map the ids for an ordinary user; root writes the maps itself. */
  readonly mappers: { readonly newuidmap: string; readonly newgidmap: string } | null;
}

/**
 * Opens a user namespace with these ids. The maps are written from outside, not by `unshare --map-auto`: that option
 * came with util-linux 2.38 (Ubuntu 22.04 has 2.37) and knows nothing of root's own high range.
 *
 * @throws StepError
 */
export async function openUserNamespace(
  tools: UserNamespaceTools,
  uids: readonly IdRange[],
  gids: readonly IdRange[],
): Promise<UserNamespace> {
  const step = 'to open a user namespace';
  const waiting = spawn(tools.unshare, ['--user', tools.bash, ...noRc, '-c', 'echo open; read -r'], {
    stdio: 'pipe',
    cwd: '/',
    env: {},
  });
  let detail = '';
  waiting.stderr.on('data', (data: Buffer) => (detail += data.toString()));
  waiting.stdin.on('error', () => undefined);
  const opened = await Promise.race([
    once(waiting.stdout, 'data').then(() => true),
    once(waiting, 'close').then(() => false),
  ]);
  if (!opened || waiting.pid === undefined) throw new StepError({ step, detail });
  try {
    if (tools.mappers === null) await writeMaps(waiting.pid, uids, gids);
    else await askMappers(tools.mappers, waiting.pid, uids, gids);
  } catch (error) {
    waiting.stdin.end();
    throw new StepError({ step: 'to map user ids into its namespace', detail: String(error) });
  }
  return { pid: waiting.pid, release: () => waiting.stdin.end() };
}

const fields = (range: IdRange) => [range.inside, range.outside, range.count].map(String);

async function writeMaps(pid: number, uids: readonly IdRange[], gids: readonly IdRange[]): Promise<void> {
  const lines = (ranges: readonly IdRange[]) => ranges.map((range) => fields(range).join(' ')).join('\n');
  await writeFile(`/proc/${pid}/uid_map`, lines(uids));
  await writeFile(`/proc/${pid}/gid_map`, lines(gids));
}

async function askMappers(
  { newuidmap, newgidmap }: NonNullable<UserNamespaceTools['mappers']>,
  pid: number,
  uids: readonly IdRange[],
  gids: readonly IdRange[],
): Promise<void> {
  await Promise.all([
    run(newuidmap, [String(pid), ...uids.flatMap(fields)]),
    run(newgidmap, [String(pid), ...gids.flatMap(fields)]),
  ]);
}
