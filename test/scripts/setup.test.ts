import { spawnSync } from 'node:child_process';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';

it('A Node that is too old is told so in a sentence, by code that such a Node can load', () => {
  const { outputFiles } = buildSync({
    stdin: { contents: "import { ensureNode } from './setup.mjs';\nensureNode();", resolveDir: 'scripts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // Node 18, which Debian 12 and Ubuntu 24.04 have, lacks these two.
    define: { 'import.meta.dirname': 'undefined', 'import.meta.filename': 'undefined' },
  });
  const old =
    "Object.defineProperty(process, 'versions', { value: { node: '18.20.8' } });" +
    "Object.defineProperty(process, 'version', { value: 'v18.20.8' });";
  const code = `${old}\n${outputFiles[0]?.text ?? ''}`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
    input: code,
    encoding: 'utf8',
  });
  expect(stderr).toBe('\nLabpath needs Node 20 or newer; this is v18.20.8.\nhttps://nodejs.org has one.\n');
  expect(status).toBe(1);
});
