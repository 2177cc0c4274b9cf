// `npm start`: from a fresh clone to the sample vault running in a browser, with a lab machine behind it.
// `npm start -- --once` does the same without serving, and succeeds only if the cells ran.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNode, ensureNpmPackages, ensureSystemPackages, fail, root, show } from './setup.mjs';

const once = process.argv.includes('--once');
const vault = path.join(root, 'sample-vault');
const firstLab = path.join(vault, 'Labs', 'How to create and connect network namespaces.md');
const stateFolder = path.join(
  process.env.XDG_STATE_HOME || path.join(os.homedir(), '.local', 'state'),
  'labpath',
);
const cli = path.join(root, 'dist', 'labpath.mjs');
const labpath = (...args) => show(process.execPath, [cli, ...args]);

const step = (sentence) => process.stdout.write(`\n▸ ${sentence}\n`);

ensureNode();
ensureNpmPackages();
ensureSystemPackages({ tests: false });

step('Building the plugin and the command line');
if (show(process.execPath, ['esbuild.config.mjs']) !== 0) fail('The build failed (see above).');
installPlugin();

/** A machine that was up before is somebody's work: it is used, and left as it is. */
let machineIsOurs = false;
process.on('exit', () => {
  if (machineIsOurs) spawnSync(process.execPath, [cli, 'lab', 'down'], { stdio: 'ignore' });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0));

step('Starting the lab machine');
machineIsOurs = show(process.execPath, [cli, 'lab', 'status'], { stdio: 'ignore' }) !== 0;
if (labpath('lab', 'up') !== 0) fail('The lab machine did not start (see above).');

step(`Running the cells of “${path.basename(firstLab, '.md')}” over SSH`);
const ran = labpath('run', firstLab, '--all', '--yes');
if (once || ran !== 0) {
  if (ran !== 0) process.stderr.write('\nNot every cell ran as it should (see above).\n');
  process.exit(ran);
}

if (machineIsOurs) {
  step('Giving you a fresh lab machine');
  if (labpath('lab', 'down') !== 0 || labpath('lab', 'up') !== 0)
    fail('The lab machine did not start again (see above).');
}

const { startWorkbench } = await import(
  pathToFileURL(path.join(root, 'dist', 'workbench', 'server.mjs')).href
);
const workbench = await startWorkbench({ vault, pluginDir: root, stateFolder, allowedPorts: labMachinePort });
process.stdout.write(`
The sample vault is open in the browser workbench:

  ${workbench.url}

In Obsidian: “Open folder as vault”, choose
  ${vault}
then switch community plugins on when asked (the plugin is already in the vault).

Ctrl-C ends the workbench${machineIsOurs ? ' and the lab machine' : '; the lab machine was up before and stays'}.
`);
openBrowser(workbench.url);

/** The one port that the page may reach, asked anew each time because the machine may have been restarted. */
function labMachinePort() {
  try {
    return [JSON.parse(readFileSync(path.join(stateFolder, 'lab', 'machine.json'), 'utf8')).port];
  } catch {
    return [];
  }
}

/** The plugin as Obsidian expects it, three files in the vault's own plugin folder, and the program that starts machines. */
function installPlugin() {
  const folder = path.join(vault, '.obsidian', 'plugins', 'labpath');
  mkdirSync(folder, { recursive: true });
  for (const file of ['main.js', 'manifest.json', 'styles.css'])
    copyFileSync(path.join(root, file), path.join(folder, file));
  copyFileSync(cli, path.join(folder, 'labpath.mjs'));
}

function openBrowser(url) {
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay || process.env.CI) return;
  // Through a file only this user can read: a command line with the token would be readable by everyone.
  const door = path.join(stateFolder, 'workbench.html');
  writeFileSync(door, `<meta http-equiv="refresh" content="0; url=${url}">`, { mode: 0o600 });
  spawn('xdg-open', [door], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
