import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import type * as Ssh2 from 'ssh2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pluginBundle } from '../esbuild.config.mjs';

type Evaluate = (require: (name: string) => unknown, module: object, exports: object) => void;

const folder = mkdtempSync(join(tmpdir(), 'labpath-artifact-'));
let shipped = '';
let terminalBytes = 0;

beforeAll(async () => {
  const { metafile } = await build({
    ...pluginBundle,
    outfile: join(folder, 'main.js'),
    metafile: true,
  });
  const parts = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  terminalBytes = parts
    .filter(([file]) => file.includes('node_modules/@xterm/'))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  shipped = readFileSync(join(folder, 'main.js'), 'utf8');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('main.js', () => {
  // cytoscape, ssh2 and js-yaml are 600 kB of it, and all of them wait for their first use.
  it('is smaller than 1 MB but for the terminal, which must come in the same file and is no more than 350 kB', () => {
    expect(terminalBytes).toBeGreaterThan(0);
    expect(terminalBytes).toBeLessThan(350_000);
    expect(Buffer.byteLength(shipped) - terminalBytes).toBeLessThan(1_000_000);
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
