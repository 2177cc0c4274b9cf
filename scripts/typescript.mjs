// Runs a TypeScript file of the project: bundles it, starts it with Node, and gives its exit status.
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, show } from './setup.mjs';

export async function runTypeScript(entry, args = []) {
  // Inside the project, so that packages left out of the bundle are found.
  const out = mkdtempSync(path.join(root, 'node_modules', '.run-'));
  const bundle = path.join(out, 'main.mjs');
  try {
    await build({
      entryPoints: [path.join(root, entry)],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      external: ['*/esbuild.config.mjs'],
      loader: { '.bash': 'text', '.md': 'text' },
      logLevel: 'warning',
    });
    return show(process.execPath, ['--enable-source-maps', bundle, ...args]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
