// `npm run bench -- NAME`: bundles bench/NAME.ts and runs it; without a name, says which there are.
import { build } from 'esbuild';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fail, root, show } from './setup.mjs';

const folder = path.join(root, 'bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const name = process.argv[2];
if (!names.includes(name)) fail(`Which one? npm run bench -- ${names.join(' | ')}`);

// Inside the project, so that packages left out of the bundle are found.
const out = mkdtempSync(path.join(root, 'node_modules', '.bench-'));
const bundle = path.join(out, `${name}.mjs`);
try {
  await build({
    entryPoints: [path.join(folder, `${name}.ts`)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.bash': 'text' },
    logLevel: 'warning',
  });
  process.exitCode = show(process.execPath, [bundle, ...process.argv.slice(3)]);
} finally {
  rmSync(out, { recursive: true, force: true });
}
