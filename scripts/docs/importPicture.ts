/** docs/architecture.md's picture: which folder of src imports from which, read from the imports themselves. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

const source = 'src';
const begin = '<!-- imports: written by `npm run docs` -->\n';
const end = '<!-- /imports -->';

/** Folder → the folders and packages that its files import from. */
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** Packages that have one home in the house. */
const shownPackages = /^(obsidian|cytoscape|ssh2|@codemirror)(\/|$)/;

/** The text with the picture between its two marks as it should be. */
export async function renderImportPicture(text: string): Promise<string> {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The page has no place for the picture: ${begin}${end}`);
  return `${text.slice(0, from)}${begin}${mermaid(withoutImplied(await readImports()))}${text.slice(to)}`;
}

async function readImports(): Promise<Imports> {
  const imports = new Map<string, Set<string>>();
  const files = await readdir(source, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))) {
    const folder = folderOf(file);
    const text = await readFile(join(source, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/(?:\bfrom|\bimport\(|^import) ?'([^']+)'/gm)) {
      const target = path.startsWith('.') ? folderOf(join(dirname(file), path)) : packageOf(path);
      if (target === null || target === folder) continue;
      imports.set(folder, (imports.get(folder) ?? new Set()).add(target));
    }
  }
  return imports;
}

/** `main.ts` stands for itself; the manifest and what else lies outside of src has no place in the picture. */
function folderOf(file: string): string {
  const [first = ''] = relative('.', file).split(sep);
  return first === '..' ? '' : first.replace(/\.ts$/, '');
}

function packageOf(path: string): string | null {
  return shownPackages.exec(path)?.[1] ?? null;
}

/** Without the arrows that follow from others: when a leads to b and b to c, a's own arrow to c is left out. */
function withoutImplied(imports: Imports): Imports {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of imports.get(from) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      reach(next, seen);
    }
    return seen;
  };
  return new Map(
    [...imports].map(([from, targets]) => [
      from,
      new Set(
        [...targets].filter((to) => ![...targets].some((other) => other !== to && reach(other).has(to))),
      ),
    ]),
  );
}

function mermaid(imports: Imports): string {
  const lines = [...imports.keys()]
    .filter((folder) => folder !== '')
    .sort()
    .flatMap((folder) =>
      [...(imports.get(folder) ?? [])]
        .filter((target) => target !== '')
        .sort()
        .map((target) => `  ${box(folder)} --> ${box(target)}`),
    );
  return `\n\`\`\`mermaid\nflowchart TD\n${lines.join('\n')}\n\`\`\`\n\n`;
}

/** Packages are round. */
function box(name: string): string {
  return name === 'main' || !shownPackages.test(name) ? name : `${name.replace('@', '')}(["${name}"])`;
}
