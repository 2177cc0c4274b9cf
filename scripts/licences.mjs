// The licences of the packages inside a bundle, found through esbuild's list of what went into it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What may be shipped inside of an MIT-licensed plugin. */
const allowed = /^(?:MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD|Unlicense)$/;

/** The packages of a metafile, by name: version, licence, the texts of their licence files, bytes in the output. */
export function bundledPackages(metafile, root) {
  const packages = new Map();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = packageFolder(file);
      if (folder === null || bytesInOutput === 0) continue;
      const known = packages.get(folder) ?? readPackage(path.join(root, folder));
      packages.set(folder, { ...known, bytes: known.bytes + bytesInOutput });
    }
  }
  return [...packages.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** `node_modules/@scope/name` of a file inside of it; the innermost one. */
function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0] ?? null;
}

function readPackage(folder) {
  const { name, version, license, licenses } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  // An older form: a list of objects.
  const licence = license ?? licenses?.map(({ type }) => type).join(' AND ') ?? 'none';
  if (!allowed.test(licence))
    throw new Error(`${name} ${version} has a licence that may not be shipped: ${licence}.`);
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)[^.]*(?:\.(?:md|txt))?$/i.test(file))
    .map((file) => path.join(folder, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8').trim());
  return { name, version, licence, texts, bytes: 0 };
}

/** All licences as one text; packages that share a text to the letter share it here. */
export function licenceText(packages) {
  const byText = new Map();
  for (const { name, version, licence, texts } of packages) {
    const text = texts.join('\n\n') || `Licence: ${licence}. The package brings no text of it.`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  return `Labpath contains these packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** One comment for the head of main.js, which travels alone: what is in it, and where the texts are. */
export function licenceComment({ version }, packages) {
  const names = packages.map((each) => `${each.name} ${each.version} (${each.licence})`);
  return `/* Labpath ${version}, MIT licence. Contains ${names.join(', ')}; their notices: THIRD_PARTY_LICENSES.txt of the release. */\n`;
}
