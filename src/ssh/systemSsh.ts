import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { ProblemError } from '../base/problem';
import type { Clock } from '../session/clock';
import type { HostTarget } from './target';
import { nodeFiles, nodePath, nodeProcesses, nodeSystem } from './node';
import { SystemConnection } from './systemConnection';
import { systemLoginFailed, systemUnavailable } from './systemProblems';

/** From the start of ssh to its login, with what a key or an askpass program asks on the way; milliseconds. */
const loginPatience = 120_000;

/**
 * What holds for every ssh that is started: the network is watched as by Labpath's own transport, nothing is forwarded,
 * and no line of the config puts another command in the place of the session's.
 */
const always = [
  'ServerAliveInterval=5',
  'ServerAliveCountMax=3',
  'ConnectTimeout=20',
  'ClearAllForwardings=yes',
  'ForwardAgent=no',
  'ForwardX11=no',
  'Tunnel=no',
  'RemoteCommand=none',
  'ControlPersist=no',
  'EscapeChar=none',
];

/**
 * Runs ssh as a child that ends when this program does, however that comes: then its stdin closes. Nothing that a user
 * or a note wrote is part of the script.
 */
const guarded =
  'exec 3<&0; ssh "$@" </dev/null & s=$!; { cat <&3; kill "$s"; } >/dev/null 2>&1 & c=$!; ' +
  'wait "$s"; r=$?; kill "$c" 2>/dev/null; exit "$r"';

/**
 * A connection that the system's own ssh makes and all channels share (ControlMaster): with certificates, FIDO keys,
 * Match, ProxyCommand and key exchanges that only it has. It judges the host key by the user's own config and asks
 * through SSH_ASKPASS, where that is set, or not at all. Rejects with a ProblemError.
 */
export async function connectBySystem(
  target: HostTarget,
  destination: readonly string[],
  clock: Clock,
): Promise<SystemConnection> {
  const { platform, env, tmpdir } = await nodeSystem();
  if (platform === 'win32') throw new ProblemError(systemUnavailable(target.name));
  const { spawn } = await nodeProcesses();
  const { mkdtemp, rm } = await nodeFiles();
  const path = await nodePath();
  const folder = await mkdtemp(path.join(tmpdir, 'labpath-ssh-'));
  const asks = env.SSH_ASKPASS !== undefined && env.SSH_ASKPASS !== '';
  const common = [
    ...(asks ? always : [...always, 'BatchMode=yes']).flatMap((option) => ['-o', option]),
    '-S',
    path.join(folder, 'master'),
  ];
  const options = {
    env: {
      ...env,
      TERM: 'xterm-256color',
      ...(target.agentSocket === null ? {} : { SSH_AUTH_SOCK: target.agentSocket }),
      ...(asks ? { SSH_ASKPASS_REQUIRE: 'force' } : {}),
    },
    // A session of its own: ^C at the command line is for Labpath to handle, not for ssh.
    detached: true,
  };
  const forMaster = [
    '-M',
    '-N',
    '-o',
    'LogLevel=ERROR',
    '-o',
    'PermitLocalCommand=yes',
    '-o',
    'LocalCommand=echo ready',
  ];
  const master = spawn('sh', ['-c', guarded, 'labpath', ...common, ...forMaster, ...destination], options);
  const remove = (): void => void rm(folder, { recursive: true, force: true }).catch(() => undefined);
  master.on('close', remove);
  master.on('error', remove);
  await loggedIn(master, target, clock);
  return new SystemConnection({
    master,
    clock,
    ssh: (flags, command) =>
      spawn('ssh', [...common, ...flags, ...destination, ...(command === null ? [] : [command])], options),
  });
}

/** Resolves when the master says that it is ready. */
function loggedIn(master: ChildProcessWithoutNullStreams, target: HostTarget, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string): void => {
      cancel();
      reject(new ProblemError(systemLoginFailed(target.name, why)));
    };
    const cancel = clock.setTimer(loginPatience, () => {
      master.stdin.end();
      fail(`It did not log in within ${loginPatience / 1000} s.`);
    });
    master.stderr.on('data', (bytes: Uint8Array) => {
      said = (said + new TextDecoder().decode(bytes)).slice(-2000);
    });
    master.stdout.on('data', () => {
      cancel();
      resolve();
    });
    master.on('error', (error) => fail(error.message));
    master.on('close', (code) => fail(said.trim() || `It ended with exit status ${String(code)}.`));
  });
}
