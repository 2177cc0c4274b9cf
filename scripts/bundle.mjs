// `npm run bundle`: what main.js is made of, the largest first.
import { build } from 'esbuild';
import { pluginBundle } from '../esbuild.config.mjs';
import { bundledPackages } from './licences.mjs';
import { root } from './setup.mjs';

const { metafile } = await build({ ...pluginBundle, metafile: true, write: false });
const [{ bytes: total }] = Object.values(metafile.outputs);
const packages = bundledPackages(metafile, root);
const own = total - packages.reduce((sum, { bytes }) => sum + bytes, 0);
const rows = [{ name: 'Labpath itself', bytes: own }, ...packages].sort((a, b) => b.bytes - a.bytes);
for (const { name, bytes } of [...rows, { name: 'main.js', bytes: total }])
  process.stdout.write(`${String(Math.round(bytes / 1000)).padStart(6)} kB  ${name}\n`);
