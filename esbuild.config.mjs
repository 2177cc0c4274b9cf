import { build, context } from 'esbuild';
import { builtinModules } from 'node:module';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundledPackages, licenceComment, licenceText } from './scripts/licences.mjs';

const watch = process.argv.includes('--watch');

/** Obsidian provides these; the rest is bundled, because only main.js, manifest.json and styles.css are installed. */
const providedByObsidian = ['obsidian', 'electron', '@codemirror/*', '@lezer/*'];

/**
 * ssh2 and lodash (below cytoscape) each build code from text once, which the community review rejects. One asks whether
 * BigInt exists, the other for the global object: plain expressions say the same.
 */
const withoutCodeFromText = {
  name: 'without-code-from-text',
  setup(pluginBuild) {
    pluginBuild.onLoad(
      {
        filter: /ssh2[\\/]lib[\\/]protocol[\\/]node-fs-compat\.js$|lodash[\\/]_root\.js$/,
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

/**
 * Cytoscape from its sources, without the parts the path view has no use for: its positions are authored, so no layout
 * but `preset`; no WebGL; no graph algorithms but the walks. That is 110 kB of 436. In their place stands an empty
 * function, for Cytoscape reads the `prototype` of every layout when it is loaded.
 */
const unusedOfCytoscape = [
  /extensions[\\/]layout[\\/](breadthfirst|circle|concentric|cose|grid|random)\.mjs$/,
  /renderer[\\/]canvas[\\/]webgl[\\/]/,
  /collection[\\/]algorithms[\\/](?!index\.|bfs-dfs\.|degree-)/,
];

const withoutUnusedGraphParts = {
  name: 'without-unused-graph-parts',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /cytoscape[\\/]src[\\/]/ }, ({ path }) =>
      unusedOfCytoscape.some((part) => part.test(path))
        ? { contents: 'export default function unused() {}', loader: 'js' }
        : undefined,
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

/**
 * Obsidian's crypto (BoringSSL) has no ChaCha20 of its own, so ssh2 never offers that cipher there; its Poly1305, 22 kB of
 * WebAssembly, stays out of the plugin, and the cipher with it wherever a runtime has it.
 */
const withoutChaCha = {
  name: 'without-chacha',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /ssh2[\\/]lib[\\/]protocol[\\/]crypto[\\/]poly1305\.js$/ }, () => ({
      contents: 'module.exports = async () => ({ _malloc: () => 0, cwrap: () => undefined });',
      loader: 'js',
    }));
    pluginBuild.onLoad({ filter: /ssh2[\\/]lib[\\/]protocol[\\/]constants\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const asked = 'ciphers.includes(CIPHER_INFO[name].sslName)';
      if (!text.includes(asked))
        throw new Error(`${path} chooses ciphers in a new way; see esbuild.config.mjs.`);
      return { contents: text.replace(asked, `!name.startsWith('chacha20') && ${asked}`), loader: 'js' };
    });
  },
};

const shared = {
  bundle: true,
  platform: 'node',
  logLevel: 'warning',
  legalComments: 'none',
  loader: { '.bash': 'text', '.md': 'text', '.node': 'empty' },
  plugins: [withoutCodeFromText, withoutUnusedParts, withoutUnusedGraphParts, withRuntimeSha512],
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
  plugins: [...shared.plugins, withoutChaCha],
  entryPoints: ['src/main.ts'],
  outfile: 'main.js',
  format: 'cjs',
  // A page's own import() knows no Node modules; Obsidian's require does. So lazy imports become lazy requires.
  supported: { 'dynamic-import': false },
  // App 1.13 still runs on installers back to Electron 28 (Chrome 120, Node 18).
  target: 'es2022',
  minify: true,
  charset: 'utf8',
  alias: {
    // The package exports only its finished bundle, of which nothing can be left out.
    cytoscape: fileURLToPath(new URL('node_modules/cytoscape/src/index.mjs', import.meta.url)),
    // For Node esbuild takes the older build, which is 140 kB larger.
    '@xterm/xterm': fileURLToPath(new URL('node_modules/@xterm/xterm/lib/xterm.mjs', import.meta.url)),
    '@xterm/addon-fit': fileURLToPath(
      new URL('node_modules/@xterm/addon-fit/lib/addon-fit.mjs', import.meta.url),
    ),
  },
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

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The workbench's server: `import { startWorkbench } from './dist/workbench/server.mjs'`. */
export const workbenchServer = {
  ...shared,
  absWorkingDir: here('.'),
  entryPoints: ['workbench/server.ts'],
  outfile: 'dist/workbench/server.mjs',
  format: 'esm',
  target: 'node20',
  // Optional speed-ups of ws, which does without.
  external: [...neverBundled, 'bufferutil', 'utf-8-validate'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
};

/**
 * The workbench's page. One copy of CodeMirror serves the host and, through the page's `require`, the plugin: two copies
 * of @codemirror/state would not know each other's extensions. Node's modules are their browser ports.
 */
export const workbenchPage = {
  absWorkingDir: here('.'),
  entryPoints: { host: 'workbench/page/main.ts' },
  outdir: 'dist/workbench',
  bundle: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  sourcemap: true,
  logLevel: 'warning',
  legalComments: 'none',
  inject: [here('workbench/shims/globals.ts')],
  define: { global: 'window' },
  alias: {
    assert: 'assert/',
    buffer: 'buffer/',
    crypto: 'crypto-browserify',
    events: 'events/',
    stream: 'stream-browserify',
    string_decoder: 'string_decoder/',
    util: 'util/',
    vm: here('workbench/shims/vm.ts'),
  },
};

/** Style sheets in the order of their names, as one file. */
export const workbenchStyles = {
  absWorkingDir: here('.'),
  entryPoints: { host: 'workbench/page/styles/index.css' },
  outdir: 'dist/workbench',
  bundle: true,
  logLevel: 'warning',
};

export async function buildWorkbench() {
  await mkdir(here('dist/workbench'), { recursive: true });
  await Promise.all([build(workbenchServer), build(workbenchPage), build(workbenchStyles)]);
  await copyFile(here('workbench/page/index.html'), here('dist/workbench/index.html'));
}

/** dist/THIRD_PARTY_LICENSES.txt for everything that is shipped, and a head for main.js that says what is in it. */
async function writeLicences(metafiles) {
  const manifest = JSON.parse(await readFile(here('manifest.json'), 'utf8'));
  const [plugin = [], ...others] = metafiles.map((metafile) => bundledPackages(metafile, here('.')));
  const all = [...new Map([...plugin, ...others.flat()].map((each) => [each.name, each])).values()];
  await writeFile(here('dist/THIRD_PARTY_LICENSES.txt'), licenceText(all));
  const code = await readFile(here('main.js'), 'utf8');
  await writeFile(here('main.js'), licenceComment(manifest, plugin) + code);
}

if (process.argv[1]?.endsWith('esbuild.config.mjs')) {
  if (watch) {
    for (const bundle of [pluginBundle, cliBundle]) await (await context(bundle)).watch();
  } else {
    const built = await Promise.all(
      [pluginBundle, cliBundle].map((bundle) => build({ ...bundle, metafile: true })),
    );
    await writeLicences(built.map(({ metafile }) => metafile));
  }
  await buildWorkbench();
}
