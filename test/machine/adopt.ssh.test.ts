/** A host of the user's own as the lab machine: a throw-away sshd stands for it, whose package manager is a fake. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSshd, type TestSshd } from '../support/sshd';
import { Person, sendHome } from './people';

const person = new Person('whoever runs the tests', process.getuid?.() ?? 0, process.getgid?.() ?? 0);
const folder = mkdtempSync(path.join(tmpdir(), 'labpath-adopt-'));
/** What the host was told to do to its system, a command a line. */
const calls = path.join(folder, 'calls');
let sshd: TestSshd;

/** A program in a folder of its own, which stands first in somebody's PATH. */
function fake(side: 'host' | 'here', name: string, script: string): void {
  const file = path.join(folder, side, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/bash\n${script}\n`);
  chmodSync(file, 0o755);
}

const labpath = (...args: string[]) => {
  const PATH = `${path.join(folder, 'here')}:${process.env.PATH ?? ''}`;
  return person.labpathWith({ PATH }, ...args);
};

beforeAll(async () => {
  for (const name of ['apt-get', 'dnf', 'apk', 'modprobe', 'sysctl'])
    fake('host', name, `echo "${name} $*" >>${calls}`);
  // An ordinary user is root in there, as with a sudo that asks for no password.
  fake('host', 'sudo', 'shift; exec unshare -r "$@"');
  sshd = await startSshd({
    config: [`SetEnv PATH=${folder}/host:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`],
  });
  const config = path.join(folder, 'config');
  writeFileSync(
    config,
    [
      'Host mine gone',
      `  HostName 127.0.0.1\n  User ${sshd.user}\n  IdentityFile ${sshd.identityFile}\n  IdentitiesOnly yes`,
      `  UserKnownHostsFile ${sshd.knownHostsFile}\n  GlobalKnownHostsFile /dev/null`,
      `Host mine\n  Port ${sshd.port}`,
      'Host gone\n  Port 1',
      '',
    ].join('\n'),
  );
  // ssh takes the home folder of the account, whatever HOME says, so the config has to be named.
  fake('here', 'ssh', `[[ $1 == -F ]] && exec /usr/bin/ssh "$@"; exec /usr/bin/ssh -F ${config} "$@"`);
});
afterAll(async () => {
  await sshd.stop();
  sendHome([person]);
  rmSync(folder, { recursive: true, force: true });
});

describe('a host of the user', () => {
  it('that cannot be reached is not adopted, and why is said', async () => {
    const { status, stderr } = await labpath('lab', 'adopt', 'gone');
    expect(status).toBe(1);
    expect(stderr).toMatch(/What gone can do could not be found out\. ssh said: .*Connection refused/s);
    expect((await labpath('lab', 'status')).stdout).toContain('does not run');
  });

  it('becomes the lab machine, and is probed', async () => {
    const adopted = await labpath('lab', 'adopt', 'mine', '--json');
    expect(adopted.status).toBe(0);
    const said = JSON.parse(adopted.stdout) as { kernel: string; lacking: unknown };
    expect(said).toMatchObject({ name: 'lab', destination: 'mine' });
    expect(said.kernel).toMatch(/^Linux \d/);
    const status = await labpath('lab', 'status');
    expect([status.status, status.stdout]).toEqual([
      0,
      expect.stringMatching(/^The lab machine “lab” is your host mine, since /),
    ]);
    const known = readFileSync(path.join(person.machineFolder('lab'), 'capabilities'), 'utf8');
    expect(known.split('\n')).toContain('tool/bash');
  });

  it('is reached by everything that reaches the lab machine', async () => {
    const { stdout } = await labpath('lab', 'ssh', '--', 'echo "$SSH_CONNECTION" | cut -d" " -f4');
    expect(stdout).toBe(`${sshd.port}\n`);
    const doctor = JSON.parse((await labpath('doctor', '--json')).stdout) as {
      machine: { findings: readonly { id: string; finding: { status: string } }[] } | null;
    };
    const bash = doctor.machine?.findings.find(({ id }) => id === 'shell');
    expect(bash?.finding.status).toBe('present');
  });

  it('keeps another machine of that name from starting, and is never reset', async () => {
    const up = await labpath('lab', 'up');
    expect([up.status, up.stderr]).toEqual([1, expect.stringContaining('is your host mine.')]);
    const reset = await labpath('lab', 'reset');
    expect([reset.status, reset.stderr]).toEqual([1, expect.stringContaining('which Labpath never resets.')]);
  });

  it('is prepared on request, by the script that installs what the labs call', async () => {
    // What the look at the host tried in a namespace of its own is of no interest here.
    rmSync(calls, { force: true });
    const { status, stderr } = await labpath('lab', 'adopt', 'mine', '--prepare');
    expect([status, stderr]).toEqual([0, expect.stringContaining('prepare: done.')]);
    const [update, install] = readFileSync(calls, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('apt-get '));
    expect(update).toBe('apt-get update -q');
    expect(install).toMatch(/^apt-get install -q -y --no-install-recommends .*\btcpdump\b/);
  });

  it('is told when it cannot be prepared', async () => {
    fake('host', 'apt-get', 'echo "no servers today" >&2; exit 100');
    const { status, stderr } = await labpath('lab', 'adopt', 'mine', '--prepare');
    expect(status).toBe(1);
    expect(stderr).toContain('no servers today');
    expect(stderr).toContain('The host could not be prepared.');
  });

  it('is forgotten by lab down, and left as it is', async () => {
    const down = await labpath('lab', 'down');
    expect(down.stdout).toBe('mine is no longer the lab machine “lab”; the host itself is as you left it.\n');
    expect((await labpath('lab', 'status')).status).toBe(1);
  });
});
