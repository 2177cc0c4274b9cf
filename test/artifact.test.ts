import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import type * as Ssh2 from 'ssh2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pluginBundle } from '../esbuild.config.mjs';
import { bundledPackages, licenceText, type BundledPackage } from '../scripts/licences.mjs';

type Evaluate = (require: (name: string) => unknown, module: object, exports: object) => void;

/** Kilobytes of each package in main.js; a new one has to be asked for here. */
const BUDGETS: Readonly<Record<string, number>> = {
  '@xterm/addon-fit': 2,
  '@xterm/xterm': 350,
  asn1: 10,
  'bcrypt-pbkdf': 16,
  cytoscape: 340,
  'd3-array': 2,
  'd3-format': 6,
  diff: 6,
  heap: 4,
  'js-yaml': 48,
  lodash: 14,
  'safer-buffer': 2,
  'ssh-config': 10,
  ssh2: 185,
  tweetnacl: 1,
};

const folder = mkdtempSync(join(tmpdir(), 'labpath-artifact-'));
let shipped = '';
let terminalBytes = 0;
let packages: BundledPackage[] = [];

beforeAll(async () => {
  const { metafile } = await build({
    ...pluginBundle,
    outfile: join(folder, 'main.js'),
    metafile: true as const,
  });
  packages = bundledPackages(metafile, process.cwd());
  const parts = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  terminalBytes = parts
    .filter(([file]) => file.includes('node_modules/@xterm/'))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  shipped = readFileSync(join(folder, 'main.js'), 'utf8');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('main.js', () => {
  // cytoscape, ssh2 and js-yaml are 590 kB of it, and all of them wait for their first use; our own code is 450 kB.
  it('is smaller than 1.1 MB but for the terminal, which must come in the same file and is no more than 350 kB', () => {
    expect(terminalBytes).toBeGreaterThan(0);
    expect(terminalBytes).toBeLessThan(350_000);
    expect(Buffer.byteLength(shipped) - terminalBytes).toBeLessThan(1_100_000);
  });

  it('holds these packages and no others, none of them larger than it has to be', () => {
    const heavy = packages.filter(({ name, bytes }) => bytes > (BUDGETS[name] ?? 0) * 1000);
    expect(heavy.map(({ name, bytes }) => `${name}: ${Math.ceil(bytes / 1000)} kB`)).toEqual([]);
  });

  it('comes with the licence of each of them', () => {
    const text = licenceText(packages);
    for (const { name, version, texts } of packages) {
      expect(text).toContain(`${name} ${version} (`);
      expect([name, texts.join('').length > 500]).toEqual([name, true]);
      for (const each of texts) expect(text).toContain(each);
    }
  });

  it('builds no code from text', () => {
    expect(shipped).not.toMatch(/\bnew Function\(|\beval\(|\bFunction\(["'`]/);
  });

  it('requires only what Obsidian, Electron and Node provide', () => {
    const required = [...shipped.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
    const foreign = required.filter((name) => !isProvided(name));
    // ssh2 tries these native parts inside try/catch and works without them.
    expect(new Set(foreign)).toEqual(new Set(['cpu-features', './crypto/build/Release/sshcrypto.node']));
  });

  it('leaves no import() to the page, which knows no Node modules', () => {
    expect(shipped).not.toMatch(/\bimport\(/);
  });

  it('evaluates neither SSH nor the graph when it is loaded', () => {
    const asked: string[] = [];
    const module = { exports: {} };
    const evaluate = compileFunction(shipped, ['require', 'module', 'exports']) as Evaluate;
    evaluate(
      (name) => {
        asked.push(name);
        return stub;
      },
      module,
      module.exports,
    );
    expect(asked.filter((name) => !/^(obsidian|@codemirror\/|@lezer\/)/.test(name))).toEqual([]);
    expect(module.exports).toHaveProperty('default');
  });
});

describe('the build', () => {
  it('writes the licences beside the program, and what is in it at the head of main.js', async () => {
    await promisify(execFile)(process.execPath, ['esbuild.config.mjs']);
    const [head = ''] = readFileSync('main.js', 'utf8').split('\n', 1);
    const licences = readFileSync('dist/THIRD_PARTY_LICENSES.txt', 'utf8');
    for (const { name, version } of packages) {
      expect(head).toContain(`${name} ${version} (`);
      expect(licences).toContain(`${name} ${version} (`);
    }
  });
});

describe('the bundled SSH library', () => {
  it('reads a private key that is protected by a passphrase', async () => {
    const key = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'open sesame', '-f', key]);
    const outfile = join(folder, 'ssh2.cjs');
    await build({
      ...pluginBundle,
      stdin: { contents: `export { utils } from 'ssh2';`, resolveDir: process.cwd() },
      entryPoints: [],
      outfile,
    });
    const { utils } = createRequire(import.meta.url)(outfile) as typeof Ssh2;
    const text = readFileSync(key);
    expect(utils.parseKey(text, 'open sesame')).toMatchObject({ type: 'ssh-ed25519' });
    expect(utils.parseKey(text, 'wrong')).toBeInstanceOf(Error);
  }, 30_000);
});

describe('the ciphers of the bundled SSH library', () => {
  it('are those of AES: the one whose parts were left out is never offered', async () => {
    const outfile = join(folder, 'ciphers.cjs');
    await build({
      ...pluginBundle,
      stdin: { contents: `export * from 'ssh2/lib/protocol/constants.js';`, resolveDir: process.cwd() },
      entryPoints: [],
      outfile,
    });
    const { DEFAULT_CIPHER, SUPPORTED_CIPHER } = createRequire(import.meta.url)(outfile) as Record<
      'DEFAULT_CIPHER' | 'SUPPORTED_CIPHER',
      string[]
    >;
    expect(DEFAULT_CIPHER).toContain('aes256-gcm@openssh.com');
    expect([...DEFAULT_CIPHER, ...SUPPORTED_CIPHER].filter((name) => name.includes('chacha'))).toEqual([]);
  });
});

describe('CodeMirror', () => {
  it('has the versions that obsidian names as its peers', () => {
    const peers = readPackage('obsidian').peerDependencies ?? {};
    for (const name of ['@codemirror/state', '@codemirror/view']) {
      expect(readPackage(name).version).toBe(peers[name]);
    }
  });
});

/** Answers to any name, so that classes of Obsidian can be extended. */
const stub: object = new Proxy(class {}, {
  get: (target, name): unknown => (name in target ? Reflect.get(target, name) : stub),
  apply: () => stub,
  construct: () => ({}),
});

function isProvided(name: string): boolean {
  const bare = name.replace(/^node:/, '');
  return /^(obsidian|electron|@codemirror\/.+|@lezer\/.+)$/.test(name) || builtinModules.includes(bare);
}

function readPackage(name: string): { version: string; peerDependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')) as {
    version: string;
    peerDependencies?: Record<string, string>;
  };
}
