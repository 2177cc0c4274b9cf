import { build, context } from 'esbuild';
import { builtinModules } from 'node:module';
import { readFile } from 'node:fs/promises';

const watch = process.argv.includes('--watch');

/** Obsidian provides these; the rest is bundled, because only main.js, manifest.json and styles.css are installed. */
const providedByObsidian = ['obsidian', 'electron', '@codemirror/*', '@lezer/*'];

/**
 * ssh2 and cytoscape each build code from text once, which the community review rejects. One asks whether BigInt
 * exists, the other for the global object: plain expressions say the same.
 */
const withoutCodeFromText = {
  name: 'without-code-from-text',
  setup(pluginBuild) {
    pluginBuild.onLoad(
      {
        filter: /ssh2[\\/]lib[\\/]protocol[\\/]node-fs-compat\.js$|cytoscape\.esm\.(min\.)?mjs$/,
      },
      async (args) => {
        const text = await readFile(args.path, 'utf8');
        return { contents: removeFunctionConstructor(text, args.path), loader: 'js' };
      },
    );
  },
};

function removeFunctionConstructor(text, path) {
  const replaced = text
    .replace("new Function('return 2n ** 32n')()", '2n ** 32n')
    .replaceAll(/\bFunction\((['"])return this\1\)\(\)/g, 'globalThis');
  if (/\bFunction\(['"]/.test(replaced)) {
    throw new Error(`${path} builds code from text in a new way; teach esbuild.config.mjs to replace it.`);
  }
  return replaced;
}

/** Parts of ssh2 for servers, file transfer, key making and HTTP: nothing here uses them, and they are a tenth of it. */
const withoutUnusedParts = {
  name: 'without-unused-parts',
  setup(pluginBuild) {
    pluginBuild.onLoad(
      { filter: /ssh2[\\/]lib[\\/](server|keygen|http-agents|protocol[\\/]SFTP)\.js$/ },
      () => ({ contents: 'module.exports = {};', loader: 'js' }),
    );
  },
};

/** Encrypted keys need SHA-512 and nothing else of tweetnacl; the runtime has it, faster and 35 kB smaller. */
const withRuntimeSha512 = {
  name: 'with-runtime-sha512',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /tweetnacl[\\/]nacl-fast\.js$/ }, () => ({
      contents: `
        const { createHash } = require('crypto');
        exports.lowlevel = {
          crypto_hash(out, message, length) {
            out.set(createHash('sha512').update(message.subarray(0, length)).digest());
          },
        };`,
      loader: 'js',
    }));
  },
};

const shared = {
  bundle: true,
  platform: 'node',
  logLevel: 'warning',
  legalComments: 'none',
  loader: { '.bash': 'text', '.node': 'empty' },
  plugins: [withoutCodeFromText, withoutUnusedParts, withRuntimeSha512],
};

/** Native add-ons cannot be shipped; ssh2 works without them. */
const neverBundled = [
  'cpu-features',
  '*.node',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

export const pluginBundle = {
  ...shared,
  entryPoints: ['src/main.ts'],
  outfile: 'main.js',
  format: 'cjs',
  // A page's own import() knows no Node modules; Obsidian's require does. So lazy imports become lazy requires.
  supported: { 'dynamic-import': false },
  // App 1.13 still runs on installers back to Electron 28 (Chrome 120, Node 18).
  target: 'es2022',
  minify: true,
  // Cytoscape's own minifier makes it 10 kB smaller than esbuild does.
  alias: { cytoscape: 'cytoscape/dist/cytoscape.esm.min.mjs' },
  external: [...providedByObsidian, ...neverBundled],
};

export const cliBundle = {
  ...shared,
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/labpath.mjs',
  format: 'esm',
  target: 'node20',
  external: neverBundled,
  // ssh2 is CommonJS: it asks for `require` and `__dirname`, which an ES module lacks.
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
};

if (process.argv[1]?.endsWith('esbuild.config.mjs')) {
  for (const bundle of [pluginBundle, cliBundle]) {
    if (watch) await (await context(bundle)).watch();
    else await build(bundle);
  }
}
