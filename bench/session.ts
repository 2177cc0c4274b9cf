/**
 * What a warm session saves, against the same server in one run: a trivial cell in a session, over `ssh` with
 * ControlMaster, and over a fresh `ssh`; then 200 MB of output. Run:
 *
 *   npx esbuild bench/session.ts --bundle --platform=node --format=esm --loader:.bash=text --external:ssh2 \
 *     --outfile=.artifacts/bench-session.mjs --log-level=warning && node .artifacts/bench-session.mjs
 */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Session } from '../src/runs/contract';
import { freshAddress, poolOf } from '../test/support/shell';
import { startSshd, type TestSshd } from '../test/support/sshd';

const run = promisify(execFile);
const rounds = 40;
const flood = 200_000_000;

async function main(): Promise<void> {
  const sshd = await startSshd();
  const pool = poolOf(sshd);
  try {
    const opened = performance.now();
    const session = await pool.open(freshAddress());
    say(`first session, with connecting: ${ms(performance.now() - opened)}`);
    const again = performance.now();
    await pool.open(freshAddress());
    say(`further session: ${ms(performance.now() - again)}`);

    const socket = join(sshd.dir, 'control');
    const plain = sshArguments(sshd);
    const shared = [...plain, '-o', `ControlPath=${socket}`];
    execFileSync('ssh', [
      ...shared,
      '-o',
      'ControlMaster=yes',
      '-o',
      'ControlPersist=60',
      '-f',
      '-N',
      '127.0.0.1',
    ]);
    const cell = await median(rounds, () => drain(session, 'echo hi'));
    const master = await median(rounds, () => run('ssh', [...shared, '127.0.0.1', 'echo hi']));
    const fresh = await median(12, () => run('ssh', [...plain, '127.0.0.1', 'echo hi']));
    say(`echo hi, median: cell ${ms(cell)}, ssh with ControlMaster ${ms(master)}, fresh ssh ${ms(fresh)}`);
    say(`ratios: ${(cell / master).toFixed(4)} of ControlMaster, ${(cell / fresh).toFixed(4)} of fresh ssh`);

    const before = process.memoryUsage().rss;
    const streamed = await timed(() => drain(session, `head -c ${flood} /dev/zero | tr '\\0' x`));
    const grown = (process.memoryUsage().rss - before) / 1e6;
    const terminal = await timed(() =>
      execFileSync(
        'sh',
        ['-c', `ssh -tt ${plain.join(' ')} 127.0.0.1 "head -c ${flood} /dev/zero | tr '\\\\0' x" >/dev/null`],
        {
          stdio: 'ignore',
        },
      ),
    );
    say(`200 MB: cell ${rate(streamed)}, ssh -tt ${rate(terminal)}, memory +${grown.toFixed(0)} MB`);
    execFileSync('ssh', [...shared, '-O', 'exit', '127.0.0.1'], { stdio: 'ignore' });
  } finally {
    pool.closeAll();
    await sshd.stop();
  }
}

function sshArguments(sshd: TestSshd): string[] {
  return [
    '-F', 'none',
    '-p', String(sshd.port),
    '-l', sshd.user,
    '-i', sshd.identityFile,
    '-o', `UserKnownHostsFile=${sshd.knownHostsFile}`,
    '-o', 'BatchMode=yes',
  ]; // prettier-ignore
}

async function drain(session: Session, source: string): Promise<number> {
  let bytes = 0;
  for await (const event of session.run({ source })) {
    if (event.type === 'output') bytes += event.bytes.length;
    if (event.type === 'lost') throw new Error(event.problem.what);
  }
  return bytes;
}

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function median(count: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < count; round++) times.push(await timed(work));
  return times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const rate = (value: number): string => `${(flood / 1000 / value).toFixed(0)} MB/s`;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

await main();
