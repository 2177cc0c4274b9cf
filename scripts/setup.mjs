// Brings a bare Debian machine to the point where everything runs: npm packages and system packages. Uses nothing
// but Node itself, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Not by import.meta.dirname: an older Node, which is to be told that it is too old, has none.
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Programs by the Debian package that brings them. `for` says what is lost without them. */
const systemPackages = [
  { program: 'sshd', package: 'openssh-server', for: 'the lab machine' },
  { program: 'ssh', package: 'openssh-client', for: 'the lab machine' },
  { program: 'newuidmap', package: 'uidmap', for: 'the lab machine' },
  { program: 'unshare', package: 'util-linux', for: 'the lab machine' },
  { program: 'ip', package: 'iproute2', for: 'the labs' },
  { program: 'iptables', package: 'iptables', for: 'the labs' },
  { program: 'ping', package: 'iputils-ping', for: 'the labs' },
  { program: 'tcpdump', package: 'tcpdump', for: 'the labs' },
  { program: 'sysctl', package: 'procps', for: 'the labs' },
  { program: 'conntrack', package: 'conntrack', for: 'the labs' },
  { program: 'curl', package: 'curl', for: 'the labs' },
  { program: 'jq', package: 'jq', for: 'the labs' },
  { program: 'python3', package: 'python3', for: 'the labs' },
  { program: 'dnsmasq', package: 'dnsmasq-base', for: 'the labs' },
  { program: 'busybox', package: 'busybox-static', for: 'the labs' },
  { program: 'runc', package: 'runc', for: 'the labs' },
  { program: 'shellcheck', package: 'shellcheck', for: 'the tests', test: true },
  { program: 'sudo', package: 'sudo', for: 'the tests', test: true },
  { program: 'openssl', package: 'openssl', for: 'the tests', test: true },
  { program: 'fish', package: 'fish', for: 'the tests', test: true },
  { program: 'zsh', package: 'zsh', for: 'the tests', test: true },
  { program: 'tcsh', package: 'tcsh', for: 'the tests', test: true },
  { program: 'dropbear', package: 'dropbear-bin', for: 'the tests', test: true },
  { program: 'podman', package: 'podman', for: 'the tests', test: true },
  { program: 'less', package: 'less', for: 'the tests', test: true },
  { program: 'strace', package: 'strace', for: 'the tests', test: true },
  { program: 'vi', package: 'vim-tiny', for: 'the tests', test: true },
  { program: 'chromium', package: 'chromium', for: 'the end-to-end tests', test: true },
];

const searchPath = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin'];

function onPath(program) {
  return searchPath.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Ends the command with a sentence a person can act on. */
export function fail(...sentences) {
  process.stderr.write(`\n${sentences.join('\n')}\n`);
  process.exit(1);
}

/** Runs a command in the project's folder with its output shown; gives the exit status. */
export function show(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) return 127;
  return result.status ?? 1;
}

export function ensureNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  fail(`Labpath needs Node 20 or newer; this is ${process.version}.`, 'https://nodejs.org has one.');
}

/** Installs the packages of package-lock.json unless exactly those are installed already. */
export function ensureNpmPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(root, 'node_modules', '.labpath-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stdout.write('Installing npm packages …\n');
  const status = show('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    fail(
      'npm could not install the packages (see above).',
      'Check that the npm registry can be reached, then try again.',
    );
  }
  writeFileSync(stamp, wanted);
}

/** Installs missing system packages through apt, or says exactly what is missing and how to get it. */
export function ensureSystemPackages({ tests }) {
  if (process.platform !== 'linux') return;
  const missing = systemPackages.filter((entry) => (tests || !entry.test) && !onPath(entry.program));
  if (missing.length === 0) return;
  const names = missing.map((entry) => entry.package);
  const install = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  const list = missing.map((entry) => `  ${entry.package} (${entry.program}), for ${entry.for}`).join('\n');
  const byHand = `Install them and try again:\n  sudo ${install}`;
  if (!onPath('apt-get')) {
    fail(
      `These programs are missing:\n${list}`,
      'Install them with your distribution’s package manager and try again.',
    );
  }
  const become = elevation();
  if (become === null) fail(`These system packages are missing:\n${list}`, byHand);
  process.stdout.write(`Installing system packages:\n${list}\n`);
  const apt = (...args) => {
    // By env, because sudo hands on no variables.
    const words = [...become, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
    const [command, ...rest] = words;
    return show(command, rest, { stdio: ['inherit', 'ignore', 'inherit'] });
  };
  apt('update');
  if (apt('install', '-y', '--no-install-recommends', ...names) !== 0) {
    fail('apt could not install the packages (see above).', byHand);
  }
}

/** The words to put in front of a command that needs root: none as root, sudo where it works, null where neither does. */
function elevation() {
  if (process.getuid?.() === 0) return [];
  if (!onPath('sudo')) return null;
  if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo', '-n'];
  // A person can type a password; a script would hang.
  return process.stdin.isTTY ? ['sudo'] : null;
}
