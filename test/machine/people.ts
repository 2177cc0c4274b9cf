/** Who the lab machine is tried as, and the program they run: the real commands, bundled as they are shipped. */
import { execFile, spawnSync, type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { MachineRecord } from '../../src/machine/state';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Person {
  /** A folder of their own that ends with the tests. */
  readonly home: string;

  constructor(
    readonly title: string,
    readonly uid: number,
    readonly gid: number,
  ) {
    this.home = mkdtempSync(path.join(os.tmpdir(), 'labpath-home-'));
    if (process.getuid?.() === 0) chownSync(this.home, uid, gid);
  }

  machineFolder(name: string): string {
    return path.join(this.home, '.local/state/labpath', name);
  }

  /** Runs a command as this person, with nothing of the tests' environment but what is given. */
  run(command: readonly string[], env: Record<string, string> = {}): Promise<Result> {
    const [program, args, options] = this.invocation(command, env);
    return new Promise((resolve) => {
      execFile(program, args, { ...options, timeout: 240_000 }, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 255;
        resolve({ status, stdout, stderr });
      });
    });
  }

  labpath(...args: string[]): Promise<Result> {
    return this.run([process.execPath, program(), ...args]);
  }

  /** The same, with other variables in its environment. */
  labpathWith(env: Record<string, string>, ...args: string[]): Promise<Result> {
    return this.run([process.execPath, program(), ...args], env);
  }

  /** The same, not waited for. */
  start(...args: string[]): ChildProcess {
    const [command, rest, options] = this.invocation([process.execPath, program(), ...args], {});
    return spawn(command, rest, { ...options, stdio: 'ignore' });
  }

  /** Runs a bash script on the lab machine through plain OpenSSH and the config file the machine left. */
  ssh(name: string, script: string, ...options: string[]): Promise<Result> {
    const config = path.join(this.machineFolder(name), 'ssh_config');
    return this.run(['ssh', '-F', config, '-o', 'BatchMode=yes', ...options, name, script]);
  }

  record(name: string): MachineRecord {
    return JSON.parse(
      readFileSync(path.join(this.machineFolder(name), 'machine.json'), 'utf8'),
    ) as MachineRecord;
  }

  private invocation(command: readonly string[], env: Record<string, string>) {
    const become =
      process.getuid?.() === this.uid
        ? []
        : ['setpriv', `--reuid=${this.uid}`, `--regid=${this.gid}`, '--clear-groups', '--'];
    const [first = '', ...rest] = [...become, ...command];
    const PATH = process.env.PATH ?? '/usr/bin:/bin';
    return [first, rest, { cwd: '/', env: { PATH, HOME: this.home, ...env } }] as const;
  }
}

let bundle: string | null = null;

/** The path of the bundled commands, built at the first call. Readable for everyone. */
export function program(): string {
  if (bundle !== null) return bundle;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'labpath-program-'));
  chmodSync(folder, 0o755);
  bundle = path.join(folder, 'labpath.mjs');
  buildSync({
    entryPoints: [path.join(import.meta.dirname, 'entry.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    loader: { '.bash': 'text' },
  });
  return bundle;
}

/** The user made for these tests, only where nobody minds: as root in continuous integration. */
const madeUser = 'labpath-test';
let hasMadeUser = false;

/**
 * The people to try everything as: whoever runs the tests and, when that is root, an ordinary user that has subordinate
 * ids. Says so where there is none.
 */
export function people(): readonly Person[] {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return [new Person('an ordinary user', uid, process.getgid?.() ?? uid)];
  const root = new Person('root', 0, 0);
  const user = ordinaryUser();
  if (user !== null) return [root, new Person('an ordinary user', user.uid, user.gid)];
  console.warn(
    'Not tried as an ordinary user: no account here has a line in /etc/subuid (useradd makes one), and none is made outside of CI.',
  );
  return [root];
}

/** Removes what `people` and `program` left. */
export function sendHome(everyone: readonly Person[]): void {
  for (const person of everyone) rmSync(person.home, { recursive: true, force: true });
  if (bundle !== null) rmSync(path.dirname(bundle), { recursive: true, force: true });
  bundle = null;
  if (hasMadeUser) spawnSync('userdel', [madeUser]);
  hasMadeUser = false;
}

function ordinaryUser(): { uid: number; gid: number } | null {
  const found = userWithSubordinateIds();
  if (found !== null || !process.env.CI) return found;
  hasMadeUser = spawnSync('useradd', ['--no-create-home', madeUser]).status === 0;
  return userWithSubordinateIds();
}

function userWithSubordinateIds(): { uid: number; gid: number } | null {
  const fields = (file: string) =>
    readFileSync(file, { encoding: 'utf8', flag: 'a+' })
      .split('\n')
      .map((line) => line.split(':'));
  const owners = new Set(fields('/etc/subuid').map(([owner]) => owner));
  const account = fields('/etc/passwd').find(([name, , uid]) => owners.has(name) && Number(uid) > 0);
  return account === undefined ? null : { uid: Number(account[2]), gid: Number(account[3]) };
}

/** A folder inside a person's home, with everything in it theirs. */
export function folderOf(person: Person, name: string, mode: number): string {
  const folder = path.join(person.home, name);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
  if (process.getuid?.() === 0) chownSync(folder, person.uid, person.gid);
  return folder;
}
