/** A real sshd for the tests, on loopback, with ECDSA keys: the page's crypto has no ed25519. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const startTimeoutMs = 10_000;
const pollMs = 50;

export interface SshServer {
  readonly port: number;
  /** As XDG_STATE_HOME: `labpath/lab/` in it holds machine.json, the user's key and an empty known_hosts. */
  readonly stateHome: string;
  close(): Promise<void>;
}

export async function startSshServer(): Promise<SshServer> {
  const stateHome = await mkdtemp(join(tmpdir(), 'workbench-sshd-'));
  const file = (name: string) => join(stateHome, 'labpath', 'lab', name);
  await mkdir(file('.'), { recursive: true });
  for (const name of ['host_key', 'user_key']) {
    await run('ssh-keygen', ['-q', '-t', 'ecdsa', '-b', '256', '-N', '', '-f', file(name)]);
  }
  await copyFile(file('user_key.pub'), file('authorized_keys'));
  await writeFile(file('known_hosts'), '');
  const port = await freePort();
  const user = userInfo().username;
  await writeFile(
    file('sshd_config'),
    [
      'ListenAddress 127.0.0.1',
      `Port ${port}`,
      `HostKey ${file('host_key')}`,
      `AuthorizedKeysFile ${file('authorized_keys')}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'StrictModes no',
      'PidFile none',
      'PermitRootLogin prohibit-password',
      '',
    ].join('\n'),
  );
  await writeFile(file('machine.json'), JSON.stringify({ port, user, identityFile: file('user_key') }));
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', file('sshd_config')], { stdio: 'ignore' });
  await listening(port, sshd);
  return {
    port,
    stateHome,
    async close() {
      sshd.kill();
      await new Promise((resolve) => (sshd.exitCode === null ? sshd.once('exit', resolve) : resolve(null)));
      await rm(stateHome, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}

async function listening(port: number, sshd: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && sshd.exitCode === null) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`sshd did not listen on port ${port}; is openssh-server installed?`);
}
