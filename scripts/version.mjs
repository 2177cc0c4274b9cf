// `npm run release -- 1.2.3`: writes a version into manifest.json, package.json and versions.json. With `--check` it writes
// nothing, and fails unless all of them, and the heading of CHANGELOG.md, say that version.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, root } from './setup.mjs';

const check = process.argv.includes('--check');
const version = process.argv.slice(2).find((word) => word !== '--check') ?? '';
if (!/^\d+\.\d+\.\d+$/.test(version)) fail('Name the version, for example: npm run release -- 1.2.3');

const file = (name) => path.join(root, name);
const read = (name) => JSON.parse(readFileSync(file(name), 'utf8'));
const manifest = read('manifest.json');
const versions = read('versions.json');

if (check) {
  const says = {
    'manifest.json': manifest.version,
    'package.json': read('package.json').version,
    'versions.json': versions[version] === manifest.minAppVersion ? version : 'another',
    'CHANGELOG.md': readFileSync(file('CHANGELOG.md'), 'utf8').includes(`\n## ${version}`)
      ? version
      : 'another',
  };
  const wrong = Object.entries(says).filter(([, said]) => said !== version);
  if (wrong.length > 0) {
    fail(`These do not say ${version}: ${wrong.map(([name]) => name).join(', ')}.`, 'See docs/release.md.');
  }
} else {
  const write = (name, value) => writeFileSync(file(name), `${JSON.stringify(value, null, 2)}\n`);
  write('manifest.json', { ...manifest, version });
  write('package.json', { ...read('package.json'), version });
  write('versions.json', { ...versions, [version]: manifest.minAppVersion });
}
