import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import residue from '../../src/labs/prover/residue.bash';
import { startSshd, type TestSshd } from '../support/sshd';

// Seconds that no other process sleeps for.
const [left, look] = [1_000_000 + process.pid, 2_000_000 + process.pid];
const sleeping = `sleep (${left}|${look})`;

let sshd: TestSshd;
const running: ChildProcess[] = [];
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(async () => {
  for (const each of running) each.kill();
  // A process without a terminal outlives its connection.
  spawnSync('pkill', ['-fx', sleeping]);
  await sshd.stop();
});

const login = (...options: string[]) => [
  ...['-F', 'none', '-p', String(sshd.port), '-i', sshd.identityFile, '-o', 'IdentityAgent=none'],
  ...['-o', `UserKnownHostsFile=${sshd.knownHostsFile}`, ...options, `${sshd.user}@127.0.0.1`],
];

/** The processes that the prover would hold against a lab. */
function processes(): string {
  const { stdout } = spawnSync('ssh', [...login(), 'bash'], {
    input: `${residue}\nlabpath_snapshot | grep '^process'\n`,
    encoding: 'utf8',
  });
  return stdout;
}

it('takes what a live shell left for the lab’s, and a look at it, without a terminal, for ours', async () => {
  const script = (seconds: number) => `bash -c 'sleep ${seconds}; :'; :`;
  running.push(spawn('ssh', [...login('-tt'), script(left)], { stdio: ['pipe', 'ignore', 'ignore'] }));
  running.push(spawn('ssh', [...login('-T'), script(look)], { stdio: ['pipe', 'ignore', 'ignore'] }));
  const ps = () => spawnSync('pgrep', ['-fx', sleeping], { encoding: 'utf8' }).stdout.trim().split('\n');
  await expect.poll(() => ps().length, { timeout: 20_000 }).toBe(2);
  const seen = processes().split('\n');
  expect(seen).toContain(`process\tsleep ${left}`);
  expect(seen).not.toContain(`process\tsleep ${look}`);
}, 90_000);
