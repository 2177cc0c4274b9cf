// `npm run coverage`: the unit tests and those against a real sshd, and what of src they ran, folder by folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, show } from './setup.mjs';

const vitest = path.join(root, 'node_modules', '.bin', 'vitest');
process.exitCode = show(vitest, [
  'run',
  '--project',
  'unit',
  '--project',
  'ssh',
  '--coverage',
  '--reporter=dot',
]);

const summary = JSON.parse(readFileSync(path.join(root, 'coverage', 'coverage-summary.json'), 'utf8'));
const folders = new Map();
for (const [file, { lines }] of Object.entries(summary)) {
  if (file === 'total' || file.endsWith('.d.ts')) continue;
  const folder = path.relative(path.join(root, 'src'), file).split(path.sep)[0].replace(/\.ts$/, '');
  const sum = folders.get(folder) ?? { covered: 0, total: 0 };
  folders.set(folder, { covered: sum.covered + lines.covered, total: sum.total + lines.total });
}
process.stdout.write('\n| folder | lines run |\n|---|---|\n');
for (const [folder, { covered, total }] of [...folders].sort()) {
  process.stdout.write(`| \`${folder}\` | ${percent(covered, total)} |\n`);
}
const { covered, total } = summary.total.lines;
process.stdout.write(`| all of src | ${percent(covered, total)} |\n`);

function percent(covered, total) {
  return `${Math.round((100 * covered) / Math.max(1, total))} %`;
}
