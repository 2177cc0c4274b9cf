// `npm run fuzz -- N`: the tests with random input N times over (by default 20), each time with other inputs, until one
// fails; the failure names its seed and the smallest input it was found with.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, show } from './setup.mjs';

const rounds = Number(process.argv[2] ?? 20);
const files = readdirSync(path.join(root, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.ssh.test.ts'))
  .map((file) => path.join('test', file))
  .filter((file) => readFileSync(path.join(root, file), 'utf8').includes("from 'fast-check'"));
const vitest = path.join(root, 'node_modules', '.bin', 'vitest');

process.exitCode = 0;
for (let round = 1; round <= rounds && process.exitCode === 0; round++) {
  process.stdout.write(`Round ${round} of ${rounds}\n`);
  process.exitCode = show(vitest, ['run', '--project', 'unit', '--reporter=dot', ...files]);
}
